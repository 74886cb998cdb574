import { useEffect, useRef } from "react";

/** One thing the keyboard does here; `keys` as in "mod+shift+p", where mod is ⌘ on a Mac and Ctrl elsewhere. */
export type Shortcut = { keys: string; does: string; run: () => void };

type Source = { current: readonly Shortcut[] };
const sources = new Set<Source>();

/** What the keyboard does on the page that is open, for the palette to offer as well; later parts of it first. */
export function shortcutsHere(): Shortcut[] {
  return [...sources].reverse().flatMap(({ current }) => current);
}

/** Only keys with a modifier, and function keys: a plain letter belongs to whoever is writing. */
function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split("+");
  return (
    event.key.toLowerCase() === parts.at(-1) &&
    (event.metaKey || event.ctrlKey) === parts.includes("mod") &&
    event.shiftKey === parts.includes("shift") &&
    event.altKey === parts.includes("alt")
  );
}

function onKey(event: KeyboardEvent) {
  // What a dialog asks comes first. An announcement is one as well, but nobody waits for an answer to it.
  if (document.querySelector(':is([role="dialog"], [role="alertdialog"]):not([aria-modal="false"])')) return;
  const shortcut = shortcutsHere().find(({ keys }) => matches(keys, event));
  if (!shortcut) return;
  event.preventDefault();
  event.stopPropagation();
  shortcut.run();
}

/** Listens while the component is on the screen, before the code editor and the browser do. */
export function useShortcuts(shortcuts: readonly Shortcut[]) {
  const source = useRef(shortcuts);
  source.current = shortcuts;
  useEffect(() => {
    if (sources.size === 0) addEventListener("keydown", onKey, { capture: true });
    sources.add(source);
    return () => {
      sources.delete(source);
      if (sources.size === 0) removeEventListener("keydown", onKey, { capture: true });
    };
  }, []);
}
