/**
 * How the fake provider answers. Set for all requests by `POST /__behaviour`; for one request by what follows
 * the colon in its model's name (`fake-gpt:failure=reset,failAfterChunks=3`), or by the header
 * `x-fake-behaviour` (JSON). The nearer to the request wins, field by field.
 */
export interface Behaviour {
  /** Before the first byte of the answer. */
  readonly latencyMs: number;
  /** Pieces of a streamed answer; by default one per word. */
  readonly chunks?: number;
  /** Between two pieces. */
  readonly chunkDelayMs: number;
  /** The text to answer instead of the usual one. */
  readonly content?: string;
  /** What goes wrong, see `FAILURES`. */
  readonly failure?: Failure;
  /** For failures inside a stream: after how many pieces. */
  readonly failAfterChunks: number;
  /** `retry-after` of `status_429`, in seconds. */
  readonly retryAfter: number;
}

const FAILURES = {
  refuse: "The connection is closed without an answer.",
  hang: "Nothing is ever answered.",
  hang_mid_stream: "The stream stops without ending, after failAfterChunks.",
  reset: "The connection is reset in the middle of the body.",
  end_early: "The stream ends in good order without [DONE] and without usage.",
  bad_json: "200 with a body that is not JSON.",
  bad_sse: "A stream with a line that is not JSON, after failAfterChunks.",
  huge_chunks: "A stream whose pieces are 2 MB each.",
  wrong_content_type: "200 with text/html.",
  status_429: "429 with retry-after, in the provider's shape.",
  status_500: "500 in the provider's shape.",
  status_400: "400 in the provider's shape, as for a parameter it does not know.",
  no_usage: "An answer without usage.",
} as const;

export type Failure = keyof typeof FAILURES;

export const USUAL: Behaviour = { latencyMs: 0, chunkDelayMs: 0, failAfterChunks: 2, retryAfter: 7 };

/** Checks what a test asks for, so that a misspelt failure is told and not ignored. */
export function readBehaviour(value: unknown): Partial<Behaviour> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError("A behaviour is a JSON object.");
  }
  const known = [
    "latencyMs",
    "chunks",
    "chunkDelayMs",
    "content",
    "failure",
    "failAfterChunks",
    "retryAfter",
  ];
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new TypeError(`Unknown fields: ${unknown.join(", ")}. Known: ${known.join(", ")}.`);
  const { failure } = value as Partial<Behaviour>;
  if (failure !== undefined && failure !== null && !Object.hasOwn(FAILURES, failure)) {
    throw new TypeError(`Unknown failure ${failure}. Known: ${Object.keys(FAILURES).join(", ")}.`);
  }
  return value as Partial<Behaviour>;
}

/** The behaviour in a model's name: `fake-gpt:latencyMs=50,failure=hang`. */
export function behaviourOfModel(model: unknown): Partial<Behaviour> {
  const asked = typeof model === "string" ? /^[^:]*fake[^:]*:(.+=.+)$/.exec(model)?.[1] : undefined;
  if (!asked) return {};
  const pairs = asked.split(",").map((pair) => {
    const [name, value] = pair.split("=", 2) as [string, string];
    return [name, /^\d+$/.test(value) ? Number(value) : value];
  });
  return readBehaviour(Object.fromEntries(pairs));
}
