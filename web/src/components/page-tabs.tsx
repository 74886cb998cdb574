import type { ReactNode } from "react";
import { NavLink } from "react-router";
import styles from "./tabs.module.css";

/** The pages of one thing, each with its own address. */
export function PageTabs({ label, tabs }: { label: string; tabs: { to: string; label: ReactNode }[] }) {
  return (
    <nav aria-label={label} className={styles.scroller}>
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
