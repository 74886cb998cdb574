import { LANGUAGES } from "../rules/missing-language.ts";
import type { Breach, Comparison } from "./breach.ts";
import { NUMBER, sameNumber } from "./numbers.ts";
import { oneLine, type Region } from "./regions.ts";

interface Kept {
  readonly name: string;
  readonly pattern: RegExp;
  readonly lost?: Breach["code"];
  /** Left out where more of the kind does no harm. */
  readonly added?: Breach["code"];
  /** What is passed over. */
  readonly without?: RegExp;
  /** What of two spellings is the same. */
  readonly same?: (text: string) => string;
  /** A new one that is all right: it depends on what the text said before. */
  readonly allowed?: (text: string, before: string) => boolean;
}

const CAPITALIZED = LANGUAGES.split("|")
  .map((name) => name.charAt(0).toUpperCase() + name.slice(1))
  .join("|");
const lower = (text: string) => text.toLowerCase();

const KEPT: readonly Kept[] = [
  {
    name: "address",
    pattern:
      /\bhttps?:\/\/[^\s)>\]"'}]*[^\s)>\]"'}.,;:!?]|\bwww\.[\w.-]+\w|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g,
    lost: "url_lost",
    added: "url_added",
  },
  {
    name: "quotation",
    pattern:
      /"[^"\n]{1,200}"|“[^”\n]{1,200}”|«[^»\n]{1,200}»|(?<!`)`[^`\n]{1,200}`(?!`)|(?<![\p{L}\p{N}])'[^'\n]{1,200}'(?![\p{L}\p{N}])/gu,
    lost: "quotation_lost",
    added: "quotation_added",
    // Words that were there already may be set in marks; a whole sentence in marks is no longer an order.
    allowed: (text, before) =>
      text.split(/\s+/).length <= 3 && lower(before).includes(lower(text.slice(1, -1))),
  },
  {
    name: "example",
    pattern:
      /<(examples?|samples?|few_?shots?)\b[^>]*>[\s\S]{0,4000}?<\/\1>|```[\s\S]*?```|^[ \t]*(?:input|output|example|user|assistant|[qa])[ \t]*:.*$/gim,
    lost: "quotation_lost",
    same: oneLine,
  },
  // Real tags are blotted out before: what still looks like one is text, as in a raw block.
  { name: "literal", pattern: /\{\{.*?\}\}|\{%.*?%\}/g, lost: "quotation_lost", added: "quotation_added" },
  { name: "mark", pattern: /<\/?[a-z][\w-]*(?:\s[^<>\n]*)?>/gi, lost: "quotation_lost" },
  { name: "hidden part", pattern: /<!--/g, added: "hidden_characters" },
  { name: "number", pattern: NUMBER, lost: "number_lost", same: sameNumber },
  {
    name: "number",
    pattern: NUMBER,
    added: "number_added",
    same: sameNumber,
    // The number of a list item says only where it stands.
    without: /^[ \t]*\(?\d{1,3}[.)](?=\s)/gm,
  },
  {
    name: "language",
    pattern: new RegExp(`\\b(?:${CAPITALIZED})\\b`, "g"),
    lost: "demand_lost",
    added: "demand_added",
  },
  {
    name: "form",
    pattern: /\b(?:json|yaml|xml|csv|html|markdown|plain text)\b/gi,
    lost: "demand_lost",
    added: "demand_added",
    same: lower,
  },
];

/** Addresses, quotations, examples, numbers, languages and forms: none goes, and none comes that was not said. */
export const compareText: Comparison<Region> = (before, after, where) =>
  KEPT.flatMap(({ name, pattern, lost, added, without, same = oneLine, allowed }) => {
    const read = ({ prose }: Region) => found(without ? prose.replace(without, " ") : prose, pattern, same);
    const [old, now] = [read(before), read(after)];
    const gone = lost ? [...old].filter(([key]) => !now.has(key)) : [];
    const come = added
      ? [...now].filter(([key, text]) => !old.has(key) && !allowed?.(text, before.prose))
      : [];
    return [
      ...gone.map(([, text]) => breach(lost, `Keep the ${name} ${text} of ${where} in its place.`)),
      ...come.map(([, text]) => breach(added, `Do not add the ${name} ${text} to ${where}.`)),
    ];
  });

function breach(code: Breach["code"] | undefined, message: string): Breach {
  return { code: code as Breach["code"], message };
}

/** By what makes two the same; said twice before, once is enough. */
function found(text: string, pattern: RegExp, same: (text: string) => string): Map<string, string> {
  return new Map((text.match(pattern) ?? []).map((match) => [same(match), oneLine(match)]));
}
