import canonicalize from "canonicalize";

/**
 * JSON in the one spelling of RFC 8785 (JCS): keys sorted by UTF-16 unit, no space, shortest numbers.
 * Two equal values give the same bytes in every language, so anybody can recompute a hash of them.
 *
 * JCS has no spelling for half a surrogate pair. UTF-8 has none either and puts U+FFFD in its place;
 * the same is done here, so that a broken string has a hash instead of breaking the request.
 */
export function canonicalJson(value: unknown): string {
  try {
    return canonicalize(value) ?? "null";
  } catch {
    return canonicalize(wellFormed(value)) ?? "null";
  }
}

/**
 * SHA-256, as 64 lower-case hex digits, of the UTF-8 bytes of {@link canonicalJson}. The render hash of a
 * receipt is this over the array of messages that was sent. Uses WebCrypto, which Deno, Node and browsers have.
 */
export async function canonicalHash(value: unknown): Promise<string> {
  return sha256Hex(canonicalJson(value));
}

/** SHA-256 of a text's UTF-8 bytes, as 64 lower-case hex digits. */
async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  let hex = "";
  for (const byte of new Uint8Array(digest)) hex += HEX[byte];
  return hex;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function wellFormed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? "null", (_key, inner) =>
    typeof inner === "string" ? inner.toWellFormed() : inner,
  );
}
