import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import styles from "./virtual-rows.module.css";

type VirtualRowsProps<T> = {
  label: string;
  items: T[];
  keyOf: (item: T) => string;
  /** Estimated height in px; rows that wrap are measured. */
  rowHeight: number;
  children: (item: T) => ReactNode;
};

/** A list of any length that scrolls with the page and keeps only what can be seen in the document. */
export function VirtualRows<T>({ label, items, keyOf, rowHeight, children }: VirtualRowsProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop((list.current?.getBoundingClientRect().top ?? 0) + scrollY), []);

  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items[index]!),
    overscan: 4,
    scrollMargin: top,
  });

  return (
    <ul ref={list} className={styles.rows} style={{ height: virtualizer.getTotalSize() }} aria-label={label}>
      {virtualizer.getVirtualItems().map((row) => (
        <li
          key={row.key}
          ref={virtualizer.measureElement}
          data-index={row.index}
          aria-setsize={items.length}
          aria-posinset={row.index + 1}
          style={{ transform: `translateY(${row.start - top}px)` }}
        >
          {children(items[row.index]!)}
        </li>
      ))}
    </ul>
  );
}
