import { clsx } from "clsx";
import { type ReactNode, useEffect } from "react";
import styles from "./page.module.css";

type PageProps = {
  title: string;
  /** One quiet sentence under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** `read` for forms and text, `list` for tables, `full` for the editor. */
  width?: "read" | "list" | "full";
  children: ReactNode;
};

/** A page's frame: its one h1, its actions, its width; the title is also the document's. */
export function Page({ title, lead, actions, width = "list", children }: PageProps) {
  useDocumentTitle(title);
  return (
    <div className={clsx(styles.page, styles[width])}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1>{title}</h1>
          {lead && <p className="muted">{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function useDocumentTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Nemo`;
  }, [title]);
}

type PanelProps = {
  title?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
};

/** A bordered region with a heading. `flush` lets a table reach its edges. */
export function Panel({ title, lead, actions, children, flush }: PanelProps) {
  return (
    <section className={styles.panel}>
      {title && (
        <header className={styles.panelHeader}>
          <div>
            <h2>{title}</h2>
            {lead && <p className="muted">{lead}</p>}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      <div className={flush ? undefined : styles.panelBody}>{children}</div>
    </section>
  );
}
