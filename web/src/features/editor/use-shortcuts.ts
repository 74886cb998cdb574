import { useEffect, useRef } from "react";

/** One thing the keyboard does here; `keys` as in "mod+shift+p", where mod is ⌘ on a Mac and Ctrl elsewhere. */
export type Shortcut = { keys: string; does: string; run: () => void };

/** Only shortcuts with mod or alt: a plain letter belongs to whoever is writing. */
function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1)!;
  return (
    event.key.toLowerCase() === key &&
    (event.metaKey || event.ctrlKey) === parts.includes("mod") &&
    event.shiftKey === parts.includes("shift") &&
    event.altKey === parts.includes("alt")
  );
}

/** Listens while the component is on the screen, before the code editor and the browser do. */
export function useShortcuts(shortcuts: readonly (Shortcut | false)[]) {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      // What a dialog asks comes first.
      if (document.querySelector('[role="dialog"],[role="alertdialog"]')) return;
      const shortcut = current.current.find((one) => one !== false && matches(one.keys, event));
      if (!shortcut) return;
      event.preventDefault();
      event.stopPropagation();
      shortcut.run();
    }
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
