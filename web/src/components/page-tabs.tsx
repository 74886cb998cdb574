import { type ReactNode, useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import styles from "./tabs.module.css";

/** The pages of one thing, each with its own address. One row: where they do not fit it scrolls to the one that is open. */
export function PageTabs({ label, tabs }: { label: string; tabs: { to: string; label: ReactNode }[] }) {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another tab
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (!row.current || !tab) return;
    row.current.scrollLeft = tab.offsetLeft - (row.current.clientWidth - tab.offsetWidth) / 2;
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
