/**
 * Frames of Supabase Realtime. Version 1.0.0 writes a frame as a JSON object, version 2.0.0 as a JSON array;
 * in version 2.0.0 broadcasts may also travel as binary frames.
 */
export type Version = "1.0.0" | "2.0.0";

export interface Frame {
  readonly joinRef: string | null;
  readonly ref: string | null;
  /** With its prefix: `realtime:<name>`, or `phoenix` for the connection itself. */
  readonly topic: string;
  readonly event: string;
  readonly payload: Payload;
}

export type Payload = Record<string, unknown>;

const PUSH = 3;
const BROADCAST = 4;
const JSON_ENCODED = 1;

const isObject = (value: unknown): value is Payload =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOrNull = (value: unknown): string | null =>
  value === undefined || value === null ? null : String(value);

/** Reads a frame from a client; undefined if it is none. */
export function decodeFrame(data: Buffer, binary: boolean): Frame | undefined {
  try {
    return binary ? decodePush(data) : decodeText(JSON.parse(data.toString("utf8")));
  } catch {
    return undefined;
  }
}

function decodeText(value: unknown): Frame | undefined {
  const [joinRef, ref, topic, event, payload] = Array.isArray(value)
    ? value
    : isObject(value)
      ? [value.join_ref, value.ref, value.topic, value.event, value.payload]
      : [];
  if (typeof topic !== "string" || typeof event !== "string") return undefined;
  return {
    joinRef: textOrNull(joinRef),
    ref: textOrNull(ref),
    topic,
    event,
    payload: isObject(payload) ? payload : {},
  };
}

/** Kind 3: `[3, lengths of joinRef, ref, topic, event, metadata, encoding]`, those five texts, the payload. */
function decodePush(data: Buffer): Frame | undefined {
  if (data[0] !== PUSH) return undefined;
  let offset = 7;
  const [joinRef, ref, topic, event] = [1, 2, 3, 4, 5].map((index) => {
    const from = offset;
    offset += data.readUInt8(index);
    return data.toString("utf8", from, offset);
  }) as [string, string, string, string, string];
  const rest = data.subarray(offset);
  const payload = data[6] === JSON_ENCODED ? JSON.parse(rest.toString("utf8") || "{}") : rest;
  return {
    joinRef: joinRef || null,
    ref: ref || null,
    topic,
    event: "broadcast",
    payload: { type: "broadcast", event, payload },
  };
}

/** Writes a frame for a client. Only a broadcast of raw bytes needs the binary form. */
export function encodeFrame(frame: Frame, version: Version): string | Buffer {
  const { joinRef, ref, topic, event, payload } = frame;
  if (event === "broadcast" && Buffer.isBuffer(payload.payload)) {
    return encodeBroadcast(topic, String(payload.event), payload.payload);
  }
  if (version === "1.0.0") return JSON.stringify({ join_ref: joinRef, ref, topic, event, payload });
  return JSON.stringify([joinRef, ref, topic, event, payload]);
}

/** Kind 4: `[4, lengths of topic, event, metadata, encoding]`, those three texts, the payload. */
function encodeBroadcast(topic: string, event: string, payload: Buffer): Buffer {
  const [topicBytes, eventBytes] = [Buffer.from(topic), Buffer.from(event)];
  const header = Buffer.from([BROADCAST, topicBytes.length, eventBytes.length, 0, 0]);
  return Buffer.concat([header, topicBytes, eventBytes, payload]);
}
