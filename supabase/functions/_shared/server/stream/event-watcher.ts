/// <reference path="./deno-std-modules.d.ts" />
import { concat } from "deno-std/bytes/concat.js";
import { isPlainObject } from "../gateway/nemo-fields.ts";
import { type Ending, endingIn, endingOf } from "./ending.ts";
import { parseData, wholeEvents } from "./events.ts";
import { byteFinder } from "./find-bytes.ts";
import { textOfEvent, textOfEvents } from "./kept-text.ts";
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
  /** More of the answer came after that usage was told: it is not the whole one. */
  readonly outdated: boolean;
  /** What the end of what was passed says: whether the answer is whole. */
  readonly ending: Ending;
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const COLON = 58;
const NULL = 110;

/** An event longer than this is passed on in parts rather than held in memory. */
const LONGEST_EVENT_BYTES = 8 * 1024 * 1024;

/** How much of a stream's end is kept to see whether it is the end: the last events are far shorter. */
const TAIL_BYTES = 16 * 1024;

const utf8 = new TextDecoder();
const encoder = new TextEncoder();

const findUsage = byteFinder('"usage"');

export function watchEvents(options: { removeUsageChunk: boolean }): EventWatcher {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let usage: Usage | null = null;
  let outdated = false;
  /** What an event with a usage said of the end: it may hold a whole response, and so be longer than the tail. */
  let told: Ending | null = null;
  const tail: Uint8Array[] = [];
  let tailBytes = 0;

  function look(bytes: Uint8Array): Uint8Array | null {
    tail.push(bytes);
    tailBytes += bytes.length;
    while (tail.length > 1 && tailBytes - (tail[0] as Uint8Array).length >= TAIL_BYTES) {
      tailBytes -= (tail.shift() as Uint8Array).length;
    }
    if (!hasUsage(bytes)) {
      if (usage !== null && textOfEvents([bytes]) !== "") goOn();
      return bytes;
    }
    const found = readEvents(bytes, options.removeUsageChunk);
    if (found.usage) outdated = false;
    usage = found.usage ?? usage;
    told = found.ending;
    if (found.saidAfter) goOn();
    return found.kept;
  }

  /** The answer goes on after what was told of it. */
  function goOn(): void {
    outdated = usage !== null;
    told = null;
  }

  function hold(bytes: Uint8Array): void {
    held.push(bytes);
    heldBytes += bytes.length;
  }

  function takeHeld(...more: Uint8Array[]): Uint8Array {
    const all = concat([...held, ...more]);
    held = [];
    heldBytes = 0;
    return all;
  }

  function cut(bytes: Uint8Array, end: number): Uint8Array | null {
    if (end === bytes.length || (end === 0 && bytes.length > LONGEST_EVENT_BYTES)) return look(bytes);
    if (end < bytes.length) hold(bytes.subarray(end));
    return end === 0 ? null : look(bytes.subarray(0, end));
  }

  return {
    pass(chunk) {
      const end = endOfLastEvent(chunk);
      // Part of an event, even together with what is held: only a line break may complete a blank line.
      if (end === 0 && !isBreak(chunk[0]) && heldBytes + chunk.length <= LONGEST_EVENT_BYTES) {
        hold(chunk);
        return null;
      }
      if (heldBytes === 0) return cut(chunk, end);
      const whole = takeHeld(chunk);
      return cut(whole, endOfLastEvent(whole));
    },
    rest() {
      return heldBytes === 0 ? null : look(takeHeld());
    },
    get usage() {
      return usage;
    },
    get outdated() {
      return outdated;
    },
    get ending() {
      // Looked for only here, at the end, instead of in every chunk.
      const ending = endingOf(utf8.decode(concat(tail.map((bytes) => bytes.subarray(-TAIL_BYTES)))));
      return ending === "open" && told !== null ? told : ending;
    },
  };
}

/** Whether there is a usage to parse: many providers send `"usage": null` with every other chunk. */
function hasUsage(bytes: Uint8Array): boolean {
  for (let at = findUsage(bytes); at >= 0; at = findUsage(bytes, at + 1)) {
    let after = at + '"usage"'.length;
    while (bytes[after] === SPACE || bytes[after] === COLON) after++;
    if (bytes[after] !== NULL) return true;
  }
  return false;
}

/** Where the last whole event of these bytes ends: after its blank line. 0 when there is no blank line. */
function endOfLastEvent(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(NEWLINE); at > 0; at = bytes.lastIndexOf(NEWLINE, at - 1)) {
    if (bytes[at - 1] === NEWLINE) return at + 1;
    if (bytes[at - 1] === RETURN && bytes[at - 2] === NEWLINE) return at + 1;
  }
  return bytes.includes(NEWLINE) ? 0 : endOfLastOldEvent(bytes);
}

/** The same where lines end in CR alone, as the standard allows. */
function endOfLastOldEvent(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(RETURN); at > 0; at = bytes.lastIndexOf(RETURN, at - 1)) {
    if (bytes[at - 1] === RETURN) return at + 1;
  }
  return 0;
}

interface Found {
  usage: Usage | null;
  /** Something was said after the usage, or without one. */
  saidAfter: boolean;
  ending: Ending | null;
  kept: Uint8Array | null;
}

/** Parses the events of a chunk that holds a usage; run once or twice in a stream. */
function readEvents(bytes: Uint8Array, removeUsageChunk: boolean): Found {
  let usage: Usage | null = null;
  let saidAfter = false;
  let ending: Ending | null = null;
  let kept = "";
  let removed = false;
  for (const event of wholeEvents(utf8.decode(bytes))) {
    const data = parseData(event);
    const found = readUsage(data);
    usage = found ?? usage;
    saidAfter = found === null && (saidAfter || textOfEvent(data) !== "");
    if (isPlainObject(data)) ending = endingIn(data, false) ?? ending;
    if (removeUsageChunk && isUsageOnly(data)) removed = true;
    else kept += event;
  }
  if (!removed) return { usage, saidAfter, ending, kept: bytes };
  return { usage, saidAfter, ending, kept: kept === "" ? null : encoder.encode(kept) };
}

function isUsageOnly(data: unknown): boolean {
  return (
    isPlainObject(data) &&
    isPlainObject(data.usage) &&
    Array.isArray(data.choices) &&
    data.choices.length === 0
  );
}

const isBreak = (byte: number | undefined): boolean => byte === NEWLINE || byte === RETURN;
