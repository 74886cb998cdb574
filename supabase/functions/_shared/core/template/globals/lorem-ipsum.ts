import type { Runtime } from "../runtime/runtime.ts";
import { Markup } from "../values/markup.ts";
import { valueError } from "../values/python-error.ts";
import { isTrue } from "../values/truth.ts";
import type { Value } from "../values/value.ts";

const WORDS = (
  "a ac adipiscing aliquam amet ante arcu at augue consequat cras cursus diam dolor donec duis egestas elit enim erat " +
  "est et etiam eu felis id in ipsum justo lectus libero ligula lorem luctus"
).split(" ");

/** Placeholder text: `count` paragraphs of `min` to `max` words, drawn at random. */
export function loremIpsum(rt: Runtime, count: number, html: Value, min: number, max: number): Value {
  const paragraphs: string[] = [];
  for (let index = 0; index < count; index++) paragraphs.push(paragraph(rt, min, max));
  if (!isTrue(html, rt)) return paragraphs.join("\n\n");
  return new Markup(paragraphs.map((text) => `<p>${text}</p>`).join("\n"));
}

function paragraph(rt: Runtime, min: number, max: number): string {
  const size = randomFrom(rt, min, max);
  rt.meter.spend(size + 1);
  const words: string[] = [];
  let capital = true;
  let sinceComma = 0;
  let sinceStop = 0;
  for (let index = 0; index < size; index++) {
    const word = WORDS[randomFrom(rt, 0, WORDS.length)] ?? "";
    const stop = sinceStop++ > randomFrom(rt, 10, 20);
    const comma = !stop && sinceComma++ > randomFrom(rt, 3, 8);
    words.push(
      (capital ? word.charAt(0).toUpperCase() + word.slice(1) : word) + (stop ? "." : comma ? "," : ""),
    );
    capital = stop;
    if (stop || comma) sinceComma = 0;
    if (stop) sinceStop = 0;
  }
  return `${words.join(" ").replace(/[.,]$/, "")}.`;
}

/** An integer from `min` to before `max`. */
function randomFrom(rt: Runtime, min: number, max: number): number {
  if (max <= min) throw valueError(`empty range for randrange() (${min}, ${max}, ${max - min})`);
  return min + Math.floor(rt.options.random() * (max - min));
}
