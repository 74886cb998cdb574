/** No more than these are shown at once. */
export const MOST_TOASTS = 3;

export type ShownToast = { id: string; type?: string };

/**
 * What makes room for one more toast, of those that are shown (the latest first): nothing, or the oldest that is no
 * error. A refusal stays until it is dismissed or was there long enough to be read; when there are only refusals the
 * next toast waits.
 */
export function roomAmong(shown: readonly ShownToast[]): "free" | { close: string } | "wait" {
  if (shown.length < MOST_TOASTS) return "free";
  const oldest = shown.findLast(({ type }) => type !== "error");
  return oldest ? { close: oldest.id } : "wait";
}
