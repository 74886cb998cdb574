/// <reference path="../stream/deno-std-modules.d.ts" />
import { concat } from "deno-std/bytes/concat.js";
import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { chunkReader } from "../stream/chunk-reader.ts";

/** The largest request body that is read: 4 MB, as bytes. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * The request's body as text. A body that announces too many bytes is refused unread, and one that lies or
 * does not say is cut off at the limit, and so is one that grows beyond it when it is decompressed. Throws `request_too_large` or `invalid_request`.
 */
export async function readBodyText(request: Request, limit = MAX_BODY_BYTES): Promise<string> {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  if (announced > limit) {
    await discardBody(request);
    throw new GatewayError("request_too_large");
  }
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() || "identity";
  if (encoding !== "identity") return decodeUtf8(await readCompressed(request, encoding, limit));
  // With an honest length the whole body is read natively, which costs a fraction of the loop below.
  if (announced >= 0 && !request.headers.has("transfer-encoding")) {
    return decodeUtf8(new Uint8Array(await request.arrayBuffer()));
  }
  const bytes = await readAtMost(request.body, limit);
  if (bytes === null) throw new GatewayError("request_too_large");
  return decodeUtf8(bytes);
}

/** How much of a refused body is still taken in. */
const DISCARD_BYTES = 64 * 1024 * 1024;

/**
 * Reads a body that nobody wants. A client that is refused while it still sends sees a broken connection
 * instead of the answer, and a proxy may reuse that connection with half a body in it.
 */
export async function discardBody(request: Request): Promise<void> {
  if (request.bodyUsed || !request.body) return;
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > DISCARD_BYTES) break;
    }
  } catch {
    // The client went away: then there is nothing to read.
  }
}

/**
 * A body's bytes, or null when there are more than `limit`. What a client sends is then read on, up to a bound, and thrown
 * away; of what unfolds, or comes from a provider, nothing more is wanted (`readOn` is the limit).
 */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  readOn = DISCARD_BYTES,
): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array();
  // Not `for await`: each chunk that is kept, of one byte too, would keep 64 kB.
  const reader = chunkReader(body);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > readOn) {
      await reader.cancel();
      break;
    }
    if (size <= limit) chunks.push(part.value);
  }
  return size > limit ? null : concat(chunks);
}

/** A body sent with `content-encoding: gzip` or `deflate`, as some proxies and clients do. */
async function readCompressed(request: Request, encoding: string, limit: number): Promise<Uint8Array> {
  if (encoding !== "gzip" && encoding !== "deflate") {
    await discardBody(request);
    throw new GatewayError("invalid_request", {
      detail: "Of content encodings, only gzip and deflate are understood.",
      param: "content-encoding",
    });
  }
  let bytes: Uint8Array | null;
  try {
    const unfolded = request.body?.pipeThrough(new DecompressionStream(encoding)) ?? null;
    bytes = await readAtMost(unfolded, limit, limit);
  } catch {
    throw new GatewayError("invalid_request", { detail: `The body is not valid ${encoding}.` });
  }
  if (bytes === null) throw new GatewayError("request_too_large");
  return bytes;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new GatewayError("invalid_request", { detail: "The body is not valid UTF-8." });
  }
}

/** The body as a JSON object; anything else is `invalid_request`. */
export function parseJsonObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new GatewayError("invalid_request", { detail: "The body is not valid JSON." });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new GatewayError("invalid_request", { detail: "The body must be a JSON object." });
  }
  return value as Record<string, unknown>;
}
