import { Suspense, useState } from "react";
import { later } from "../../components/later.ts";
import { shortcutsHere, useShortcuts } from "../../lib/use-shortcuts.ts";

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
  useShortcuts([
    {
      keys: paletteKeys,
      does: "Go anywhere, do anything",
      run: () => {
        setWanted(true);
        setOpen(true);
      },
    },
  ]);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <PalettePopup open={open} onOpenChange={setOpen} />
    </Suspense>
  );
}
