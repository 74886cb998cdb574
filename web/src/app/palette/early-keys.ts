/** What was typed before its field was there, and whether Enter came after it. */
export type EarlyKeys = { words: string; entered: boolean };

/**
 * Keeps what is typed until the field that was asked for is there, some code or a frame later: it would end up in
 * whatever had the focus before. Answers how to stop, and hear what was typed.
 */
export function keepEarlyKeys(cancel: () => void): () => EarlyKeys {
  const early = { words: "", entered: false };

  function keep(event: KeyboardEvent) {
    const { key, metaKey, ctrlKey, altKey } = event;
    if (metaKey || ctrlKey || altKey) return;
    if (key === "Escape") cancel();
    else if (key === "Enter") early.entered = true;
    else if (key === "Backspace") early.words = early.words.slice(0, -1);
    else if (key.length === 1) early.words += early.entered ? "" : key;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  addEventListener("keydown", keep, { capture: true });
  return () => {
    removeEventListener("keydown", keep, { capture: true });
    return early;
  };
}
