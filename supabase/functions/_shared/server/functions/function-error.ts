import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { jsonResponse } from "../http/json-response.ts";

/**
 * A refusal of a function for people. The body is `{"error": {message, type, param, code, hint}}`, the gateway's
 * shape and a hint; what the database refuses keeps the database's code (NMxxx) and sentence.
 */
export class FunctionError extends Error {
  override readonly name = "FunctionError";
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

export function invalidRequest(message: string): FunctionError {
  return new FunctionError(
    400,
    "invalid_request",
    message,
    "Compare the request with the function's page in docs/.",
  );
}

export function notSignedIn(): FunctionError {
  return new FunctionError(
    401,
    "not_signed_in",
    "Nobody is signed in.",
    "Send the access token of a signed-in person as 'Authorization: Bearer …'. Nemo keys are for the gateway.",
  );
}

export function databaseUnavailable(): FunctionError {
  return new FunctionError(
    503,
    "database_unavailable",
    "The database does not answer.",
    "Try again in a moment.",
  );
}

export function routeNotFound(name: string, routes: readonly string[]): FunctionError {
  return new FunctionError(
    404,
    "route_not_found",
    `There is no route ${name}.`,
    `The routes are ${routes.join(", ")}.`,
  );
}

/** Statuses of the database's codes that are not simply a bad request (400). */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  NM001: 401,
  NM002: 403,
  NM003: 404,
  NM022: 422,
  NM024: 404,
  NM300: 409,
  NM301: 409,
  NM304: 429,
  NM305: 409,
  NM306: 409,
};

/** What the REST API answered instead of a result, as an error of ours. */
export function fromDatabase(error: {
  code?: string;
  message?: string;
  hint?: string | null;
}): FunctionError {
  const code = error.code ?? "";
  if (code.startsWith("NM"))
    return new FunctionError(STATUS_OF_CODE[code] ?? 400, code, error.message ?? code, error.hint ?? "");
  // 22P02: text that is no uuid or number. PGRST301 to 303: a token the database does not accept.
  if (code.startsWith("22")) return invalidRequest("A parameter has the wrong form.");
  if (code.startsWith("PGRST30")) return notSignedIn();
  return databaseUnavailable();
}

/** Whatever a route threw, as an answer; only what nobody foresaw is logged. */
export function toErrorResponse(error: unknown, functionName: string): Response {
  if (error instanceof FunctionError) return error.toResponse();
  // The shared body reader speaks the gateway's errors.
  if (error instanceof GatewayError)
    return new FunctionError(error.status, error.code, error.message, "Send a JSON object.").toResponse();
  console.error(`${functionName}:`, error instanceof Error ? (error.stack ?? error.message) : error);
  return new FunctionError(
    500,
    "internal_error",
    "Something went wrong here.",
    "Try again; the logs say more.",
  ).toResponse();
}
