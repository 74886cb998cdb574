import type { Meter } from "../budgets.ts";
import { notSupported } from "../values/python-error.ts";
import { splitSpaces } from "./split.ts";

const REFERENCE = /&(?:#(\d+);?|#[xX]([\da-fA-F]+);?|([^\t\n\f <&#;]{1,32};?))/g;

/**
 * `html.unescape` with the entities of HTML 4. A reference to another name is refused, as it may be
 * one of the two thousand that HTML 5 added.
 */
export function unescapeHtml(text: string, meter: Meter): string {
  meter.walkText(text.length);
  let unescaped = "";
  let from = 0;
  for (const { 0: all, 1: decimal, 2: hex, 3: name, index } of text.matchAll(REFERENCE)) {
    meter.tick();
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? "", 16);
    unescaped +=
      text.slice(from, index) + (name !== undefined ? namedReference(all, name) : numericReference(code));
    from = index + all.length;
  }
  return unescaped + text.slice(from);
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
  const bare = withoutSpans(withoutSpans(text, "<!--", "-->", meter), "<", ">", meter);
  return unescapeHtml(splitSpaces(bare, Number.POSITIVE_INFINITY, meter).join(" "), meter);
}

/** Cuts out everything from each `open` to the next `close`, from the front, until one stays open. */
function withoutSpans(text: string, open: string, close: string, meter: Meter): string {
  let kept = "";
  let from = 0;
  for (;;) {
    meter.tick();
    const start = text.indexOf(open, from);
    const end = start < 0 ? -1 : text.indexOf(close, start);
    if (end < 0) return kept + text.slice(from);
    kept += text.slice(from, start);
    from = end + close.length;
  }
}

/*
 * The named characters of HTML 4. In these lists a name is followed by its character, which is never an
 * ASCII letter or digit, so nothing else needs to separate them.
 */

function named(list: string): [string, string][] {
  return Array.from(list.matchAll(/([A-Za-z]+\d*)(\W)/gu), ([, name = "", character = ""]) => [
    name,
    character,
  ]);
}

/** Names that count without a semicolon too; letters with accents are composed instead of listed. */
const LEGACY = new Map(
  named(
    'amp&AMP&lt<LT<gt>GT>quot"QUOT"COPY©REG®nbsp\xa0iexcl¡cent¢pound£curren¤yen¥brvbar¦sect§uml¨copy©ordfªlaquo«not¬' +
      "shy\xadreg®macr¯deg°plusmn±sup2²sup3³acute´microµpara¶middot·cedil¸sup1¹ordmºraquo»frac14¼frac12½frac34¾iquest¿" +
      "AEligÆETHÐtimes×OslashØTHORNÞszligßaeligæethðdivide÷oslashøthornþ",
  ),
);

/** Names that need their semicolon. */
const OTHERS = new Map(
  named(
    "OEligŒoeligœScaronŠscaronšYumlŸfnofƒcircˆtilde˜thetasymϑupsihϒpivϖensp\u2002emsp\u2003thinsp\u2009zwnj\u200czwj\u200d" +
      "lrm\u200erlm\u200fndash–mdash—lsquo‘rsquo’sbquo‚ldquo“rdquo”bdquo„dagger†Dagger‡bull•hellip…permil‰prime′Prime″" +
      "lsaquo‹rsaquo›oline‾frasl⁄euro€imageℑweierp℘realℜtrade™alefsymℵlarr←uarr↑rarr→darr↓harr↔crarr↵lArr⇐uArr⇑rArr⇒dArr⇓hArr⇔forall∀part∂exist∃" +
      "empty∅nabla∇isin∈notin∉ni∋prod∏sum∑minus−lowast∗radic√prop∝infin∞ang∠and∧or∨cap∩cup∪int∫there4∴sim∼cong≅asymp≈" +
      "ne≠equiv≡le≤ge≥sub⊂sup⊃nsub⊄sube⊆supe⊇oplus⊕otimes⊗perp⊥sdot⋅lceil⌈rceil⌉lfloor⌊rfloor⌋lang⟨rang⟩loz◊spades♠clubs♣hearts♥diams♦apos'",
  ),
);

/** `eacute` is an e and this. */
const ACCENTS = new Map(named("grave\u0300acute\u0301circ\u0302tilde\u0303uml\u0308ring\u030acedil\u0327"));

/** Small letters; each has a capital of the same name but the sigma that ends words. */
const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi " +
  "chi psi omega";

function greekLetter(name: string): string | undefined {
  const small = name.charAt(0).toLowerCase() + name.slice(1);
  const index = GREEK.split(" ").indexOf(small);
  if (index < 0 || name === "Sigmaf") return undefined;
  const letter = String.fromCharCode(0x3b1 + index);
  return name === small ? letter : letter.toUpperCase();
}

/** What a name stands for that counts without a semicolon too. */
function legacyEntity(name: string): string | undefined {
  const accent = ACCENTS.get(name.slice(1));
  const letter = accent ? (name.charAt(0) + accent).normalize("NFC") : "";
  return letter.length === 1 && letter < "\u0100" ? letter : LEGACY.get(name);
}

/** What a name stands for that is followed by a semicolon. */
function entity(name: string): string | undefined {
  return legacyEntity(name) ?? OTHERS.get(name) ?? greekLetter(name);
}
