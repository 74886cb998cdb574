import { WORD_CHARACTERS } from "../text/classes.ts";

/*
 * What `urlize` takes for an address. The rules are Jinja2's; they are applied label by label rather
 * than by one pattern, which would try ever more ways to cut a long name with many dots.
 */

const LABEL = new RegExp(`^[${WORD_CHARACTERS}%-]+$`, "u");
const TOP_LEVEL = new RegExp(`^(?:[a-z]{2,63}|xn--[${WORD_CHARACTERS}%]{2,59})`, "iu");
const KNOWN_TOP_LEVEL = /^(?:com|net|int|edu|gov|org|info|mil)/i;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}/;
const IPV6 = /^\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]/i;
const REST = /^(?::\d{1,5})?(?:[/?#]\S*)?$/;

/** An address with a scheme or `www.`, or a bare name below one of the old top-level domains. */
export function isWebAddress(text: string): boolean {
  const scheme = /^(?:https?:\/\/|www\.)/i.exec(text)?.[0] ?? "";
  if (scheme !== "" && isHost(text.slice(scheme.length), TOP_LEVEL, 0)) return true;
  if (isHost(text, KNOWN_TOP_LEVEL, 1)) return true;
  return /^https?:/i.test(scheme) && isNumericHost(text.slice(scheme.length));
}

/** Labels with dots between, at least `least` of them before the top-level domain, then port and path. */
function isHost(text: string, topLevel: RegExp, least: number): boolean {
  const end = /[:/?#]/.exec(text)?.index ?? text.length;
  const labels = text.slice(0, end).split(".");
  const last = labels.pop() ?? "";
  if (labels.length < least || !labels.every((label) => isLabel(label, least === 1))) return false;
  const match = topLevel.exec(last);
  return match !== null && match[0].length === last.length && REST.test(text.slice(end));
}

function isLabel(label: string, bounded: boolean): boolean {
  return LABEL.test(label) && (!bounded || (label.length >= 2 && label.length <= 63));
}

function isNumericHost(text: string): boolean {
  const host = (IPV4.exec(text) ?? IPV6.exec(text))?.[0];
  return host !== undefined && REST.test(text.slice(host.length));
}

const EMAIL_HOST = new RegExp(`^[${WORD_CHARACTERS}][${WORD_CHARACTERS}.-]*\\.[${WORD_CHARACTERS}]+$`, "u");

/** Something without spaces, an @, and a name with a dot. */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  return at > 0 && !/\s/.test(text) && EMAIL_HOST.test(text.slice(at + 1));
}
