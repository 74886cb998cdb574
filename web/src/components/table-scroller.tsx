import type { ReactNode } from "react";
import table from "./table.module.css";

/** Holds a table that may be wider than its place; the keyboard can scroll it too. */
export function TableScroller({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a pointer
    <section className={table.scroller} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
