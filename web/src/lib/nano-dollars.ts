/**
 * Dollars as a person writes them ("12.50", "$0.002") in nano-dollars, exactly: by moving digits, never by
 * multiplying a float. Null for what is not such an amount, has more than nine decimals or is above $9 million,
 * beyond which a JSON number would no longer be exact.
 */
export function nanoDollars(text: string): number | null {
  const match = /^\$?(\d{1,7})(?:\.(\d{0,9}))?$/.exec(text.trim().replaceAll(",", ""));
  if (!match) return null;
  const nano = Number(`${match[1]}${(match[2] ?? "").padEnd(9, "0")}`);
  return Number.isSafeInteger(nano) ? nano : null;
}
