import { type ReactElement, type ReactNode, useState } from "react";
import { ResponsiveContainer } from "recharts";
import { Button } from "../button.tsx";
import { CopyButton } from "../copy.tsx";
import { Panel } from "../page.tsx";
import table from "../table.module.css";
import styles from "./charts.module.css";

export type Series = { key: string; name: string; colour: string /** Over the whole time. */; total: string };

type ChartPanelProps = {
  /** A question; the chart is its answer. */
  title: string;
  lead?: ReactNode;
  series: Series[];
  rows: Record<string, number | string | null>[];
  when: (at: string) => string;
  format: (value: number | null) => string;
  children: ReactElement;
};

/** A chart with its values named beside it, and the same values as a table for reading exactly and for copying. */
export function ChartPanel(props: ChartPanelProps) {
  const { title, lead, series, children } = props;
  const [asTable, setAsTable] = useState(false);
  return (
    <Panel
      title={title}
      lead={lead}
      actions={
        <Button size="small" look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? "Chart" : "Table"}
        </Button>
      }
    >
      <ul className={styles.legend} aria-label={`Totals: ${title}`}>
        {series.map(({ key, name, colour, total }) => (
          <li key={key}>
            <span className={styles.swatch} style={{ background: colour }} aria-hidden="true" />
            <span className="truncate">{name}</span>
            <strong className="num">{total}</strong>
          </li>
        ))}
      </ul>
      {asTable ? (
        <Values {...props} />
      ) : (
        <div className={styles.chart}>
          <ResponsiveContainer width="100%" height="100%">
            {children}
          </ResponsiveContainer>
        </div>
      )}
    </Panel>
  );
}

function Values({ title, series, rows, when, format }: ChartPanelProps) {
  const filled = rows.filter((row) => series.some(({ key }) => row[key]));
  const cells = filled.map((row) => [
    when(String(row.at)),
    ...series.map(({ key }) => format(row[key] as number | null)),
  ]);
  const text = [["When", ...series.map(({ name }) => name)], ...cells]
    .map((row) => row.join("\t"))
    .join("\n");
  return (
    <>
      <div className={styles.values}>
        <table className={table.table} aria-label={title}>
          <thead>
            <tr>
              <th>When (UTC)</th>
              {series.map(({ key, name }) => (
                <th key={key} className={table.number}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map(([at, ...values]) => (
              <tr key={at}>
                <th scope="row">{at}</th>
                {values.map((value, index) => (
                  <td key={series[index]!.key} className={table.number}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <CopyButton text={text} label="Copy as a table" />
    </>
  );
}
