/** Numbers and times as people read them: always with a unit, unknown is said and never shown as zero. */
export const unknown = "unknown";

const integer = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function count(value: number): string {
  return integer.format(value);
}

export function compactCount(value: number): string {
  return Math.abs(value) < 10_000 ? integer.format(value) : compact.format(value);
}

/** `plural(1, "version")` is "1 version"; `plural(3, "entry", "entries")` is "3 entries". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${integer.format(value)} ${value === 1 ? one : many}`;
}

export function percent(share: number): string {
  return `${oneDecimal.format(share * 100)} %`;
}

/** Basis points as a share: 6000 is "60 %", 3333 is "33.33 %". */
export function basisPoints(weight: number): string {
  return `${integer.format(weight / 100)} %`;
}

/**
 * Nano-dollars (1e-9 $) as dollars. A single request costs fractions of a cent, so amounts below ten cents have two
 * significant digits instead of rounding to "$0.00", which would read as free: always two, "$0.000050" beside "$0.000049".
 */
export function dollars(nano: number | null | undefined): string {
  if (nano === null || nano === undefined) return unknown;
  const size = Math.abs(nano / 1e9);
  const exponent = Number(size.toExponential(1).split("e")[1]);
  const digits = Math.min(9, Math.max(2, 1 - exponent));
  const text = size.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${nano < 0 ? "−" : ""}$${text}`;
}

/** For a balance: to the millionth of a dollar, so that a single request is seen to move it. */
export function exactDollars(nano: number): string {
  const size = Math.abs(nano / 1e9).toLocaleString("en", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  });
  return `${nano < 0 ? "−" : ""}$${size}`;
}

export function milliseconds(value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown;
  if (value < 10) return `${value.toFixed(1)} ms`;
  if (value < 1000) return `${Math.round(value)} ms`;
  return value < 60_000 ? `${(value / 1000).toFixed(2)} s` : `${(value / 60_000).toFixed(1)} min`;
}

export function tokens(value: number | null | undefined): string {
  return value === null || value === undefined ? unknown : `${integer.format(value)} tok`;
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "long" });
const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "3 minutes ago", "just now", "in 2 days". */
export function relativeTime(at: Date, now: Date = new Date()): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit);
  }
  return Math.abs(seconds) < 10 ? "just now" : relative.format(Math.round(seconds), "second");
}

const exact = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "long" });

export function exactTime(at: Date): string {
  return exact.format(at);
}

/** Words of a program that end without a full stop, with more words after them. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
