import { useState } from "react";

/**
 * What a dialog of the page is about: chosen in a row, and kept while the row changes or goes, and while the dialog
 * closes. A dialog that stands in its row goes with it, under the hands of whoever is reading or writing in it.
 */
export function useAbout<T>() {
  const [about, setAbout] = useState<T>();
  const [open, setOpen] = useState(false);
  function ask(next: T) {
    setAbout(() => next);
    setOpen(true);
  }
  return { about, ask, shown: { open, onOpenChange: setOpen } };
}
