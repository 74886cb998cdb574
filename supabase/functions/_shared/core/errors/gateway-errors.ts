/**
 * Every error the gateway itself can answer with: one table from code to HTTP status, OpenAI error type and
 * the sentence a person reads. docs/errors.md explains each with its cause and its fix.
 *
 * The body has OpenAI's shape, `{"error": {"message", "type", "param", "code"}}`, because OpenAI's SDKs pick
 * their typed exception by the HTTP status and copy `code`, `type` and `param` from the body.
 */
export interface GatewayErrorKind {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

const invalid = "invalid_request_error";
const server = "server_error";
const upstream = "upstream_error";

export const GATEWAY_ERRORS = {
  invalid_request: {
    status: 400,
    type: invalid,
    message: "The request is not valid. Compare it with the API reference.",
  },
  unknown_nemo_field: {
    status: 400,
    type: invalid,
    message: "The request has a nemo_ field that does not exist. Check its spelling.",
  },
  invalid_api_key: {
    status: 401,
    type: invalid,
    message:
      "The API key is missing, wrong, expired or revoked. Send a key as 'Authorization: Bearer nemo_sk_…'.",
  },
  insufficient_credits: {
    status: 402,
    type: "billing_error",
    message: "The organization has no credit left. Ask the operator to add credit.",
  },
  budget_exceeded: {
    status: 402,
    type: "billing_error",
    message: "This API key has used its monthly budget. Raise the budget, or wait for the next month.",
  },
  key_scope_denied: {
    status: 403,
    type: invalid,
    message: "This API key may only be used with the templates it was made for. Name one of them.",
  },
  provider_address_refused: {
    status: 403,
    type: invalid,
    message: "The provider connection's address may not be used.",
  },
  template_not_found: {
    status: 404,
    type: invalid,
    message:
      "No such prompt template, version or label. Check how it is named, and that the API key may use it.",
  },
  request_not_found: {
    status: 404,
    type: invalid,
    message: "No such request. Use the x-nemo-request-id of an answered request of your organization.",
  },
  route_not_found: {
    status: 404,
    type: invalid,
    message: "No such route. See docs/gateway.md for the routes there are.",
  },
  method_not_allowed: { status: 405, type: invalid, message: "This route does not answer that method." },
  template_not_active: {
    status: 409,
    type: invalid,
    message: "The prompt template has no active version. Activate one in the dashboard, or pin a version.",
  },
  provider_not_connected: {
    status: 409,
    type: invalid,
    message:
      "The prompt names a provider connection that does not exist or is disabled. Connect it, or save a version that names another.",
  },
  request_too_large: {
    status: 413,
    type: invalid,
    message: "The request body is larger than 4 MB. Send less.",
  },
  prompt_variables_missing: {
    status: 422,
    type: invalid,
    message: "The prompt needs variables that were not given.",
  },
  prompt_variables_unknown: {
    status: 422,
    type: invalid,
    message: "The prompt does not know some of the variables that were given.",
  },
  prompt_render_failed: { status: 422, type: invalid, message: "The prompt template could not be rendered." },
  rate_limit_exceeded: {
    status: 429,
    type: "rate_limit_error",
    message: "This API key has reached its limit. Wait as long as the retry-after header says.",
  },
  internal_error: {
    status: 500,
    type: server,
    message: "The gateway failed. Try again; the request id finds it in the logs.",
  },
  provider_key_unreadable: {
    status: 500,
    type: server,
    message: "The provider connection's key cannot be decrypted. An admin must enter it again.",
  },
  upstream_unreachable: { status: 502, type: upstream, message: "The model provider could not be reached." },
  upstream_invalid_response: {
    status: 502,
    type: upstream,
    message: "The model provider sent an answer that is not valid.",
  },
  upstream_aborted: {
    status: 502,
    type: upstream,
    message: "The model provider ended the answer before it was complete.",
  },
  database_unavailable: {
    status: 503,
    type: server,
    message: "The database does not answer, so the request was not served. Try again in a moment.",
  },
  upstream_not_configured: {
    status: 503,
    type: server,
    message: "No model provider is configured. Set NEMO_UPSTREAM_URL or OPENAI_API_KEY.",
  },
  upstream_timeout: { status: 504, type: upstream, message: "The model provider did not answer in time." },
} as const satisfies Record<string, GatewayErrorKind>;

export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS;

/** The body of every error answer. */
export interface OpenAiErrorBody {
  error: { message: string; type: string; param: string | null; code: string };
}

/** Thrown anywhere in the pipeline, turned into an answer in one place. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: GatewayErrorCode;
  readonly param: string | null;
  /** Extra response headers, such as `retry-after`. */
  readonly headers: Readonly<Record<string, string>>;

  /** `detail` follows the table's sentence; never put a secret, a prompt's text or a variable's value in it. */
  constructor(
    code: GatewayErrorCode,
    options: { detail?: string; param?: string; headers?: Record<string, string> } = {},
  ) {
    super(
      options.detail ? `${GATEWAY_ERRORS[code].message} ${options.detail}` : GATEWAY_ERRORS[code].message,
    );
    this.code = code;
    this.param = options.param ?? null;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return GATEWAY_ERRORS[this.code].status;
  }

  toBody(): OpenAiErrorBody {
    return {
      error: {
        message: this.message,
        type: GATEWAY_ERRORS[this.code].type,
        param: this.param,
        code: this.code,
      },
    };
  }
}
