import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import styles from "./tabs.module.css";

type Tab = { value: string; label: ReactNode; content: ReactNode };

/** Several faces of one thing in the same place, where the address stays the same. */
export function Tabs({ label, tabs, initial }: { label: string; tabs: Tab[]; initial?: string }) {
  return (
    <Base.Root defaultValue={initial ?? tabs[0]?.value}>
      <Base.List className={styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={styles.tab}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className={styles.panel}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}

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
