import { jsonResponse } from "../_shared/server/http/json-response.ts";

/** A refusal of this function, as `{"error": {message, type, param, code, hint}}`. The database's refusals keep their code (NMxxx). */
export class RecommendationsError extends Error {
  override readonly name = "RecommendationsError";
  readonly status: number;
  readonly code: string;
  readonly hint: string;

  constructor(status: number, code: string, message: string, hint: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }

  toResponse(): Response {
    const { message, code, hint } = this;
    const type = this.status >= 500 ? "server_error" : "invalid_request_error";
    return jsonResponse({ error: { message, type, param: null, code, hint } }, this.status);
  }
}

export function invalidRequest(message: string): RecommendationsError {
  return new RecommendationsError(
    400,
    "invalid_request",
    message,
    "Compare the request with docs/recommendations.md.",
  );
}

export function notSignedIn(): RecommendationsError {
  const hint = "Send the access token of a signed-in person as 'Authorization: Bearer …'.";
  return new RecommendationsError(401, "not_signed_in", "Nobody is signed in.", hint);
}

export function notFound(thing: string): RecommendationsError {
  const hint = "Check the id; it may be deleted, or belong to an organization you are not a member of.";
  return new RecommendationsError(404, "not_found", `There is no such ${thing}.`, hint);
}

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  NM001: 401,
  NM002: 403,
  NM003: 404,
  NM024: 404,
  NM300: 409,
  NM301: 409,
  NM304: 429,
  NM305: 409,
  NM306: 409,
};

/** What the REST API answered instead of a result. */
export function fromDatabase(error: {
  code?: string;
  message?: string;
  hint?: string | null;
}): RecommendationsError {
  const code = error.code ?? "";
  if (code.startsWith("NM"))
    return new RecommendationsError(
      STATUS_OF_CODE[code] ?? 400,
      code,
      error.message ?? code,
      error.hint ?? "",
    );
  // 22P02: text that is no uuid or number. PGRST301 to 303: a token the database does not accept.
  if (code.startsWith("22")) return invalidRequest("A parameter has the wrong form.");
  if (code.startsWith("PGRST30")) return notSignedIn();
  return new RecommendationsError(
    503,
    "database_unavailable",
    "The database does not answer.",
    "Try again in a moment.",
  );
}
