import { type ReactNode, useLayoutEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import styles from "./tabs.module.css";

/** The pages of one thing, each with its own address. One row: where they do not fit it scrolls to the one that is open. */
export function PageTabs({ label, tabs }: { label: string; tabs: { to: string; label: ReactNode }[] }) {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another tab
  useLayoutEffect(() => {
    const scroller = row.current;
    const tab = scroller?.querySelector<HTMLElement>("[aria-current=page]");
    if (!scroller || !tab) return;
    // Called at once, before anything is painted; later when a label, such as a count that comes late, gets wider.
    const observer = new ResizeObserver(() => {
      scroller.scrollLeft = tab.offsetLeft - (scroller.clientWidth - tab.offsetWidth) / 2;
    });
    for (const label of scroller.querySelectorAll("li")) observer.observe(label);
    return () => observer.disconnect();
  }, [pathname]);

  return (
    <nav ref={row} aria-label={label} className={styles.scroller}>
      <ul className={styles.list}>
        {tabs.map((tab) => (
          <li key={tab.to}>
            <NavLink to={tab.to} className={styles.tab}>
              {tab.label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
