import { Suspense, useEffect, useRef, useState } from "react";
import { later } from "../../components/later.ts";
import { shortcutsHere, useShortcuts } from "../../lib/use-shortcuts.ts";
import { type EarlyKeys, keepEarlyKeys } from "./early-keys.ts";

const PalettePopup = later(async () => (await import("./palette-popup.tsx")).PalettePopup);

export const paletteKeys = "mod+k";

/** For whoever has no keyboard at hand. */
export function openPalette() {
  shortcutsHere()
    .find(({ keys }) => keys === paletteKeys)
    ?.run();
}

/** ⌘K: anywhere to go and anything to do here, by typing. Its code comes with the first press. */
export function Palette() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const early = useRef<() => EarlyKeys>(undefined);

  function takeEarlyKeys(): EarlyKeys | undefined {
    const keys = early.current?.();
    early.current = undefined;
    return keys;
  }
  function change(next: boolean) {
    takeEarlyKeys();
    if (next) early.current = keepEarlyKeys(() => change(false));
    setOpen(next);
  }
  useEffect(() => () => void early.current?.(), []);
  useShortcuts([
    {
      keys: paletteKeys,
      does: "Go anywhere, do anything",
      run: () => {
        setWanted(true);
        change(true);
      },
    },
  ]);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <PalettePopup open={open} onOpenChange={change} takeEarlyKeys={takeEarlyKeys} />
    </Suspense>
  );
}
