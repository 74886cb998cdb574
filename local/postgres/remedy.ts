/** What to do about a Postgres that did not come up: `otherwise`, unless what it said tells that the disk is full. */
export function remedyFor(said: string, otherwise: string): string {
  if (!/no space left on device/i.test(said)) return otherwise;
  return "The disk is full. Make room and start again; what was committed is kept.";
}
