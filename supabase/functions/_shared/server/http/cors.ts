/**
 * Supabase leaves CORS to the function. Any origin may call: a caller proves itself with a bearer token, no
 * answer depends on cookies, so there is nothing an origin check could protect.
 */
const EXPOSED = [
  "x-nemo-request-id",
  "x-nemo-template-id",
  "x-nemo-version",
  "x-nemo-variant",
  "x-nemo-test-id",
  "x-nemo-render-hash",
  "x-nemo-provider",
  "server-timing",
  "retry-after",
  "x-ratelimit-limit-requests",
  "x-ratelimit-remaining-requests",
  "x-ratelimit-reset-requests",
  "x-request-id",
  "openai-processing-ms",
].join(", ");

/** Headers that every answer carries, so that a page's script may read the answer and its receipt. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": EXPOSED,
};

/**
 * The answer to a preflight. The asked headers are reflected rather than listed, because OpenAI's browser SDK
 * adds `x-stainless-*` headers whose names change from release to release.
 */
export function answerPreflight(request: Request): Response {
  const asked = request.headers.get("access-control-request-headers");
  return new Response(null, {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS",
      "access-control-allow-headers": asked ?? "authorization, content-type, apikey, x-client-info",
      "access-control-max-age": "86400",
      vary: "access-control-request-headers",
    },
  });
}
