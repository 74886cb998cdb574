import type { Meter } from "../budgets.ts";
import { notSupported } from "../values/python-error.ts";
import { entity, legacyEntity } from "./html-entities.ts";
import { splitSpaces } from "./split.ts";

const REFERENCE = /&(?:#(\d+);?|#[xX]([\da-fA-F]+);?|([^\t\n\f <&#;]{1,32};?))/g;

/**
 * `html.unescape` with the entities of HTML 4. A reference to another name is refused, as it may be
 * one of the two thousand that HTML 5 added.
 */
export function unescapeHtml(text: string, meter: Meter): string {
  meter.walkText(text.length);
  return text.replace(REFERENCE, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return namedReference(all, name);
    return numericReference(decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? "", 16));
  });
}

function numericReference(code: number): string {
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return "\ufffd";
  if (code === 0x0d) return "\r";
  // Browsers take these for Windows-1252, and Python does as they do.
  if (code >= 0x80 && code <= 0x9f) return new TextDecoder("windows-1252").decode(Uint8Array.of(code));
  const control = code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0c;
  const noCharacter = (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe;
  return control || code === 0x7f || noCharacter ? "" : String.fromCodePoint(code);
}

function namedReference(all: string, name: string): string {
  const exact = name.endsWith(";") ? entity(name.slice(0, -1)) : legacyEntity(name);
  if (exact !== undefined) return exact;
  // An old name may run on into other letters: `&copy2024` is © and 2024.
  for (let length = name.length - 1; length > 1; length--) {
    const legacy = legacyEntity(name.slice(0, length));
    if (legacy !== undefined) return legacy + name.slice(length);
  }
  if (/^[A-Za-z][A-Za-z\d]*;$/.test(name)) throw notSupported(`The HTML entity &${name} is not supported.`);
  return all;
}

/** `Markup.striptags`: without comments and tags, runs of whitespace as one space, unescaped. */
export function stripTags(text: string, meter: Meter): string {
  meter.walkText(text.length);
  const bare = withoutSpans(withoutSpans(text, "<!--", "-->"), "<", ">");
  return unescapeHtml(splitSpaces(bare, Number.POSITIVE_INFINITY).join(" "), meter);
}

/** Cuts out everything from each `open` to the next `close`, from the front, until one stays open. */
function withoutSpans(text: string, open: string, close: string): string {
  let kept = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf(open, from);
    const end = start < 0 ? -1 : text.indexOf(close, start);
    if (end < 0) return kept + text.slice(from);
    kept += text.slice(from, start);
    from = end + close.length;
  }
}
