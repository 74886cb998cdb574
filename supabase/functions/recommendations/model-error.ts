/** Why no usable answer came, for programs and in a sentence; `mayRetry` when later it might. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly code:
    | "model_unreachable"
    | "model_timeout"
    | "model_refused"
    | "model_nonsense"
    | "model_is_fake"
    | "cost_limit"
    | "provider_missing"
    | "provider_address_refused"
    | "provider_key_unreadable";
  readonly mayRetry: boolean;

  constructor(code: ModelError["code"], message: string, mayRetry = false) {
    super(message);
    this.code = code;
    this.mayRetry = mayRetry;
  }
}
