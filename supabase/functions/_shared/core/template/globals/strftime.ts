import type { Runtime } from "../runtime/runtime.ts";

const MILLISECONDS_PER_DAY = 86_400_000;

/** `datetime.strftime` in the C locale, in UTC. */
export function strftime(rt: Runtime, date: Date, format: string): string {
  rt.meter.reserveText(format.length * 8);
  // `E` and `O` ask for a locale's own eras and digits, which the C locale has not.
  return format.replace(/%(-?)[EO]?([\s\S])/g, (all, unpadded: string, directive: string) => {
    const text = directiveText(date, directive) ?? all;
    return unpadded === "" ? text : text.replace(/^[0 ]+(?=\d)/, "");
  });
}

function dayOfYear(date: Date): number {
  const newYear = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - newYear) / MILLISECONDS_PER_DAY) + 1;
}

/** Number of the week, weeks beginning with `firstDay`; days before the first such day are in week 0. */
function weekOfYear(date: Date, firstDay: number): number {
  const weekday = (date.getUTCDay() - firstDay + 7) % 7;
  return Math.floor((dayOfYear(date) + 6 - weekday) / 7);
}

/** The Thursday of the date's week: the year it is in has the week, and its day of the year tells which. */
function thursday(date: Date): Date {
  return new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * MILLISECONDS_PER_DAY);
}

/** What a directive is replaced by: a text, or a number and how many digits it has at least. */
type Directive = (date: Date) => string | [number, number];

const nameOf = (date: Date, part: Intl.DateTimeFormatOptions) =>
  date.toLocaleString("en-US", { ...part, timeZone: "UTC" });

const DIRECTIVES: Record<string, Directive> = {
  Y: (date) => [date.getUTCFullYear(), 4],
  y: (date) => [date.getUTCFullYear() % 100, 2],
  m: (date) => [date.getUTCMonth() + 1, 2],
  d: (date) => [date.getUTCDate(), 2],
  e: (date) => String(date.getUTCDate()).padStart(2),
  H: (date) => [date.getUTCHours(), 2],
  I: (date) => [date.getUTCHours() % 12 || 12, 2],
  M: (date) => [date.getUTCMinutes(), 2],
  S: (date) => [date.getUTCSeconds(), 2],
  f: (date) => [date.getUTCMilliseconds() * 1000, 6],
  p: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  A: (date) => nameOf(date, { weekday: "long" }),
  a: (date) => nameOf(date, { weekday: "short" }),
  B: (date) => nameOf(date, { month: "long" }),
  b: (date) => nameOf(date, { month: "short" }),
  h: (date) => nameOf(date, { month: "short" }),
  j: (date) => [dayOfYear(date), 3],
  w: (date) => [date.getUTCDay(), 1],
  u: (date) => [date.getUTCDay() || 7, 1],
  U: (date) => [weekOfYear(date, 0), 2],
  W: (date) => [weekOfYear(date, 1), 2],
  V: (date) => [Math.ceil(dayOfYear(thursday(date)) / 7), 2],
  G: (date) => [thursday(date).getUTCFullYear(), 4],
  g: (date) => [thursday(date).getUTCFullYear() % 100, 2],
  C: (date) => [Math.floor(date.getUTCFullYear() / 100), 2],
  k: (date) => String(date.getUTCHours()).padStart(2),
  l: (date) => String(date.getUTCHours() % 12 || 12).padStart(2),
  P: (date) => (date.getUTCHours() < 12 ? "am" : "pm"),
  s: (date) => [Math.floor(date.getTime() / 1000), 1],
  Z: () => "",
  z: () => "",
  n: () => "\n",
  t: () => "\t",
  "%": () => "%",
};

/** Directives that stand for several. */
const COMPOUNDS: Record<string, string> = {
  F: "Y-m-d",
  T: "H:M:S",
  X: "H:M:S",
  R: "H:M",
  r: "I:M:S p",
  D: "m/d/y",
  x: "m/d/y",
  c: "a b e H:M:S Y",
};

/** Undefined for what is no directive, which stays as it is. */
function directiveText(date: Date, directive: string): string | undefined {
  if (Object.hasOwn(COMPOUNDS, directive))
    return COMPOUNDS[directive]?.replace(/[A-Za-z]/g, (letter) => directiveText(date, letter) ?? "");
  const text = Object.hasOwn(DIRECTIVES, directive) ? DIRECTIVES[directive]?.(date) : undefined;
  return Array.isArray(text) ? String(text[0]).padStart(text[1], "0") : text;
}
