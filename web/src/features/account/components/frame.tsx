import type { ReactNode } from "react";
import { useDocumentTitle } from "../../../components/page.tsx";
import { Wordmark } from "../../../components/wordmark.tsx";
import styles from "./account.module.css";

/** The calm page around every form of a person without a session. */
export function AccountFrame({
  title,
  lead,
  children,
  foot,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <main className={styles.frame}>
      <div className={styles.form}>
        <Wordmark />
        <div>
          <h1>{title}</h1>
          {lead && <p className="muted">{lead}</p>}
        </div>
        {children}
        {foot && <p className={styles.foot}>{foot}</p>}
      </div>
      <Sample />
    </main>
  );
}

/** What the product is, shown rather than told. Decoration for people who can see it. */
function Sample() {
  return (
    <aside className={styles.sample} aria-hidden="true">
      <p className={styles.sampleName}>
        support-agent <span>v3 · active</span>
      </p>
      <pre className={styles.prompt}>
        You are a <mark>{"{{ role }}"}</mark> for a small shop.{"\n"}
        Answer in <mark>{'{{ lang | default("English") }}'}</mark>.{"\n\n"}
        <i>{"{% if order %}"}</i>
        {"\n"}The order is <mark>{"{{ order.id }}"}</mark>, {"\n"}placed on <mark>{"{{ order.date }}"}</mark>.
        {"\n"}
        <i>{"{% endif %}"}</i>
      </pre>
      <p className={styles.claim}>
        Every word your models are told, versioned like code and written by the people who know what to say.
      </p>
    </aside>
  );
}
