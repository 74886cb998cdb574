/** Server-sent events as the standard has them: a line ends in LF, CR LF or CR, an event in a blank line. */
const BLANK_LINE = /(?:\r\n|\n|\r(?!\n)){2}/;
const KEPT_BLANK_LINE = new RegExp(`(${BLANK_LINE.source})`);
const LINE_END = /\r\n|\n|\r/;

export const splitEvents = (text: string): string[] => text.split(BLANK_LINE);

/** The events with the blank lines behind them: joined, they are the text again. */
export function wholeEvents(text: string): string[] {
  const parts = text.split(KEPT_BLANK_LINE);
  const events: string[] = [];
  for (let at = 0; at < parts.length; at += 2) events.push(parts[at] + (parts[at + 1] ?? ""));
  return events;
}

/** The JSON of an event's `data:` lines; null when it is not JSON, as `[DONE]` is not. */
export function parseData(event: string): unknown {
  try {
    return JSON.parse(dataOf(event));
  } catch {
    return null;
  }
}

export const isDone = (event: string): boolean => dataOf(event).trim() === "[DONE]";

function dataOf(event: string): string {
  const lines = event.split(LINE_END).filter((line) => line.startsWith("data:"));
  return lines.map((line) => line.slice(5)).join("\n");
}
