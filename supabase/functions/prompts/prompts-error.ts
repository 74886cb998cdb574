import { jsonResponse } from "../_shared/server/http/json-response.ts";

/**
 * Every refusal of this function. The body is `{"error": {message, type, param, code, hint}}`, the gateway's
 * shape and a hint; what the database refuses keeps the database's code (NMxxx) and sentence.
 */
export class PromptsError extends Error {
  override readonly name = "PromptsError";
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  /** Members beside `error` in the body, such as the lint report that stopped an activation. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    hint: string,
    extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.extra = extra;
  }

  toResponse(): Response {
    const { message, code, hint } = this;
    const type = this.status >= 500 ? "server_error" : "invalid_request_error";
    return jsonResponse({ error: { message, type, param: null, code, hint }, ...this.extra }, this.status);
  }
}

export function invalidRequest(message: string): PromptsError {
  return new PromptsError(
    400,
    "invalid_request",
    message,
    "Compare the request with docs/prompts-function.md.",
  );
}

export function notSignedIn(): PromptsError {
  return new PromptsError(
    401,
    "not_signed_in",
    "Nobody is signed in.",
    "Send the access token of a signed-in person as 'Authorization: Bearer …'. Nemo keys are for the gateway.",
  );
}

export function versionNotFound(): PromptsError {
  return new PromptsError(
    404,
    "version_not_found",
    "There is no such version in your organizations.",
    "Check the template's id and the version's number.",
  );
}

export function databaseUnavailable(): PromptsError {
  return new PromptsError(
    503,
    "database_unavailable",
    "The database does not answer.",
    "Try again in a moment.",
  );
}

/** Statuses of the database's codes that are not simply a bad request (400). */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  NM001: 401,
  NM002: 403,
  NM003: 404,
  NM022: 422,
  NM024: 404,
};

interface DatabaseFailure {
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string | null;
}

/** What the REST API answered instead of a result, as an error of ours. */
export function fromDatabase(error: DatabaseFailure): PromptsError {
  const code = error.code ?? "";
  if (code.startsWith("NM")) {
    return new PromptsError(STATUS_OF_CODE[code] ?? 400, code, error.message ?? code, error.hint ?? "");
  }
  // 22P02: text that is no uuid or number. PGRST301 to 303: a token the database does not accept.
  if (/^22/.test(code)) return invalidRequest("A parameter has the wrong form.");
  if (/^PGRST30/.test(code)) return notSignedIn();
  return databaseUnavailable();
}
