import { isPlainObject } from "../gateway/nemo-fields.ts";
import { readUsage, type Usage } from "./usage.ts";

/**
 * Looks over a provider's event stream as its bytes go by. It decides three things and parses next to nothing:
 * what the usage is, whether the stream reached its end, and which bytes the client gets. Those are the
 * provider's own bytes, cut at the ends of whole events (so that a stream that dies leaves no half event in
 * front of the error event), without the one usage chunk that the client did not ask for.
 */
export interface EventWatcher {
  /** The bytes to send on for this chunk; null when it has only part of an event, which is kept back. */
  pass(chunk: Uint8Array): Uint8Array | null;
  /** The bytes still kept back, when the provider ended without a final blank line; null when there are none. */
  rest(): Uint8Array | null;
  readonly usage: Usage | null;
  /** `[DONE]`, a finish reason or a terminal event was seen: the answer is whole. */
  readonly complete: boolean;
}

const NEWLINE = 10;
const RETURN = 13;

/** An event longer than this is passed on in parts rather than held in memory. */
const LONGEST_EVENT_BYTES = 8 * 1024 * 1024;

// Latin-1 maps each byte to one character, so positions in the text are positions in the bytes.
const latin1 = new TextDecoder("latin1");
const utf8 = new TextDecoder();
const encoder = new TextEncoder();

const HAS_USAGE = /"usage"\s*:\s*\{/;
const HAS_END = /\[DONE\]|"finish_reason"\s*:\s*"|"type"\s*:\s*"response\.(?:completed|incomplete|failed)"/;

export function watchEvents(options: { removeUsageChunk: boolean }): EventWatcher {
  let held: Uint8Array | null = null;
  let usage: Usage | null = null;
  let complete = false;

  function look(bytes: Uint8Array): Uint8Array | null {
    const text = latin1.decode(bytes);
    if (!complete && HAS_END.test(text)) complete = true;
    if (!HAS_USAGE.test(text)) return bytes;
    const found = readEvents(bytes, options.removeUsageChunk);
    usage = found.usage ?? usage;
    return found.kept;
  }

  return {
    pass(chunk) {
      const bytes: Uint8Array = held ? join(held, chunk) : chunk;
      held = null;
      const end = endOfLastEvent(bytes);
      if (end === bytes.length) return look(bytes);
      if (end === 0) {
        if (bytes.length > LONGEST_EVENT_BYTES) return look(bytes);
        held = bytes;
        return null;
      }
      held = bytes.subarray(end);
      return look(bytes.subarray(0, end));
    },
    rest() {
      const bytes = held;
      held = null;
      return bytes ? look(bytes) : null;
    },
    get usage() {
      return usage;
    },
    get complete() {
      return complete;
    },
  };
}

/** Where the last whole event of these bytes ends: after its blank line. 0 when there is no blank line. */
function endOfLastEvent(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(NEWLINE); at > 0; at = bytes.lastIndexOf(NEWLINE, at - 1)) {
    if (bytes[at - 1] === NEWLINE) return at + 1;
    if (bytes[at - 1] === RETURN && bytes[at - 2] === NEWLINE) return at + 1;
  }
  return 0;
}

/** Parses the events of a chunk that holds a usage; run once or twice in a stream. */
function readEvents(
  bytes: Uint8Array,
  removeUsageChunk: boolean,
): { usage: Usage | null; kept: Uint8Array | null } {
  let usage: Usage | null = null;
  let kept = "";
  let removed = false;
  for (const event of utf8.decode(bytes).split(/(?<=\r?\n\r?\n)/)) {
    const data = parseData(event);
    const found = readUsage(data);
    usage = found ?? usage;
    if (removeUsageChunk && found && isUsageOnly(data)) removed = true;
    else kept += event;
  }
  if (!removed) return { usage, kept: bytes };
  return { usage, kept: kept === "" ? null : encoder.encode(kept) };
}

function isUsageOnly(data: unknown): boolean {
  return isPlainObject(data) && Array.isArray(data.choices) && data.choices.length === 0;
}

/** The JSON of an event's `data:` lines; null when it is not JSON, as `[DONE]` is not. */
export function parseData(event: string): unknown {
  const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
  if (lines.length === 0) return null;
  try {
    return JSON.parse(lines.map((line) => line.slice(5)).join("\n"));
  } catch {
    return null;
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
