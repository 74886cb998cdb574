import styles from "./figures.module.css";

export type Figure = { name: string; value: string /** Over what, and of how many. */; note?: string };

/** A few measured numbers in a row, each with its name and what it is counted over. */
export function Figures({ label, figures }: { label: string; figures: Figure[] }) {
  return (
    <dl className={styles.figures} aria-label={label}>
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className={styles.value}>{value}</span>
            {note && <span className={styles.note}>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
