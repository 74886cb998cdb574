import { lazy, Suspense, useState } from "react";
import { useShortcuts } from "../../lib/use-shortcuts.ts";

const PalettePopup = lazy(async () => ({ default: (await import("./palette-popup.tsx")).PalettePopup }));

/** ⌘K: anywhere to go and anything to do here, by typing. Its code comes with the first press. */
export function Palette() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useShortcuts([
    {
      keys: "mod+k",
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
