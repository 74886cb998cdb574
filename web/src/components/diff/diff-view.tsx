import { createContext, useContext, useState } from "react";
import { plural } from "../../lib/format.ts";
import { type DiffRow, diffText, foldRows, type Piece } from "../../lib/text-diff.ts";
import { Button } from "../button.tsx";
import styles from "./diff.module.css";
import { markJinja } from "./mark-jinja.ts";

const UnfoldContext = createContext<() => void>(() => {});

type DiffViewProps = { title: string; before: string; after: string; sideBySide?: boolean };

/** The one way two texts are compared: history, recommendations, conflicts, audit. */
export function DiffView({ title, before, after, sideBySide }: DiffViewProps) {
  const [whole, setWhole] = useState(false);
  const rows = diffText(before, after);
  const changed = rows.some((row) => row.kind !== "same");
  const shown = whole ? rows : foldRows(rows);
  return (
    <section className={styles.diff} aria-label={`Changes in ${title}`}>
      <header className={styles.header}>
        <h3>{title}</h3>
        {!changed && <span className="muted">unchanged</span>}
        {changed && rows.length > foldRows(rows).length && (
          <Button size="small" look="quiet" onClick={() => setWhole(!whole)}>
            {whole ? "Fold unchanged lines" : "Show all lines"}
          </Button>
        )}
      </header>
      <UnfoldContext value={() => setWhole(true)}>
        {changed && (sideBySide ? <SideBySide rows={shown} /> : <Inline rows={shown} />)}
      </UnfoldContext>
    </section>
  );
}

const signs = { same: "", removed: "−", added: "+" } as const;
const spoken = { same: "", removed: "removed: ", added: "added: " } as const;

function Inline({ rows }: { rows: DiffRow[] }) {
  return (
    <ol className={styles.lines}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <Line key={index} row={row} />
      ))}
    </ol>
  );
}

function Line({ row }: { row: DiffRow | undefined }) {
  if (!row) return <li className={styles.void} aria-hidden="true" />;
  if (row.kind === "gap") return <Gap lines={row.lines} />;
  return (
    <li className={styles.line} data-kind={row.kind}>
      <span className={styles.number} aria-hidden="true">
        {row.kind === "added" ? row.right : row.left}
      </span>
      <span className={styles.sign} aria-hidden="true">
        {signs[row.kind]}
      </span>
      <span className={styles.text}>
        {spoken[row.kind] && <span className="visually-hidden">{spoken[row.kind]}</span>}
        <Words pieces={row.pieces} />
      </span>
    </li>
  );
}

/** Where people look for what is folded is where it can be unfolded. */
function Gap({ lines }: { lines: number }) {
  return (
    <li className={styles.gap}>
      <button type="button" onClick={useContext(UnfoldContext)}>
        {plural(lines, "unchanged line")}
      </button>
    </li>
  );
}

/** Spaces at the end of a line change what Jinja renders, so they are shown; so is what is a variable. */
function Words({ pieces }: { pieces: Piece[] }) {
  return pieces.map((piece, index) => {
    const words = markJinja(piece.text, index === pieces.length - 1).map((part, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <span key={at} className={part.kind === "text" ? undefined : styles[part.kind]}>
        {part.text}
      </span>
    ));
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
    return piece.changed ? <mark key={index}>{words}</mark> : <span key={index}>{words}</span>;
  });
}

function SideBySide({ rows }: { rows: DiffRow[] }) {
  return (
    <div className={styles.sides}>
      <Column rows={columnOf(rows, "removed")} label="Before" />
      <Column rows={columnOf(rows, "added")} label="After" />
    </div>
  );
}

function Column({ rows, label }: { rows: (DiffRow | undefined)[]; label: string }) {
  return (
    <ol className={styles.lines} aria-label={label}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <Line key={index} row={row} />
      ))}
    </ol>
  );
}

/** One side, with empty places where the other side has more lines. */
function columnOf(rows: DiffRow[], side: "removed" | "added"): (DiffRow | undefined)[] {
  const column: (DiffRow | undefined)[] = [];
  let mine = 0;
  let theirs = 0;
  const level = () => {
    for (; mine < theirs; mine += 1) column.push(undefined);
    mine = 0;
    theirs = 0;
  };
  for (const row of rows) {
    if (row.kind === "same" || row.kind === "gap") {
      level();
      column.push(row);
    } else if (row.kind === side) {
      column.push(row);
      mine += 1;
    } else theirs += 1;
  }
  level();
  return column;
}
