import type { Meter } from "../budgets.ts";

/** So many pieces are joined between two looks at the clock. */
const TOGETHER = 8192;

/** The characters of a text, as Python counts them. */
export function characters(text: string, meter: Meter): string[] {
  const all: string[] = [];
  for (const character of text) {
    meter.tick();
    all.push(character);
  }
  return all;
}

/** What a pattern finds in a text, one after the other. */
export function matches(text: string, pattern: RegExp, meter: Meter): string[] {
  const found: string[] = [];
  for (const [match] of text.matchAll(pattern)) {
    meter.tick();
    found.push(match);
  }
  return found;
}

/** `pieces.join("")` */
export function joined(pieces: readonly string[], meter: Meter): string {
  let text = "";
  for (let from = 0; from < pieces.length; from += TOGETHER) {
    text += pieces.slice(from, from + TOGETHER).join("");
    meter.lookUp(text.length);
  }
  return text;
}
