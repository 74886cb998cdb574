import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Panel } from "../../../components/page.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { count, dollars, milliseconds, unknown } from "../../../lib/format.ts";
import { useApiKeys } from "../../../lib/queries/get-api-keys.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import type { Log } from "../api/get-logs.ts";
import styles from "./logs.module.css";
import { ModelName } from "./model-name.tsx";

type LogTableProps = {
  logs: Log[];
  showTemplate: boolean;
  onOpen: (log: Log) => void;
  /** Called when the last rows come into sight. */
  onEnd: () => void;
};

/** However many were loaded, only the rows that can be seen are in the document. */
export function LogTable({ logs, showTemplate, onOpen, onEnd }: LogTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + scrollY), []);
  const virtualizer = useWindowVirtualizer({
    count: logs.length,
    estimateSize: () => 41,
    getItemKey: (index) => logs[index]!.request_id,
    overscan: 12,
    scrollMargin: top,
  });
  const rows = virtualizer.getVirtualItems();
  const before = (rows[0]?.start ?? top) - top;
  const after = virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? top) - top);
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= logs.length - 20) onEnd();
  }, [last, logs.length, onEnd]);
  return (
    <Panel flush>
      <div className={table.scroller}>
        <table
          className={`${table.table} ${styles.requests}`}
          aria-label="Requests"
          aria-rowcount={logs.length + 1}
        >
          <thead>
            <tr>
              <th>When</th>
              <th>Status</th>
              {showTemplate && <th className={styles.template}>Template</th>}
              <th className={styles.second}>Version</th>
              <th className={styles.second}>Model</th>
              <th className={styles.third}>Key</th>
              <th className={table.number}>Latency</th>
              <th className={clsx(table.number, styles.third)}>Tokens in / out</th>
              <th className={clsx(table.number, styles.second)}>Cost</th>
            </tr>
          </thead>
          <tbody ref={body}>
            <Space height={before} />
            {rows.map(({ index, key }) => (
              <LogRow
                key={key}
                log={logs[index]!}
                place={index + 2}
                showTemplate={showTemplate}
                onOpen={onOpen}
              />
            ))}
            <Space height={after} />
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** Stands for the rows that are not in the document. */
function Space({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td className={styles.space} style={{ height }} />
    </tr>
  );
}

type LogRowProps = Pick<LogTableProps, "showTemplate" | "onOpen"> & { log: Log; place: number };

function LogRow({ log, place, showTemplate, onOpen }: LogRowProps) {
  const { data: templates = [] } = useTemplates();
  const { data: apiKeys = [] } = useApiKeys();
  return (
    <tr aria-rowindex={place}>
      <td>
        <button type="button" className={styles.open} onClick={() => onOpen(log)}>
          <Time at={log.created_at} />
        </button>
      </td>
      <td className={styles.status}>
        <LogStatus log={log} />
      </td>
      {showTemplate && (
        <td className={styles.template}>
          <code>{templates.find(({ id }) => id === log.template_id)?.name ?? log.template_id ?? "none"}</code>
        </td>
      )}
      <td className={styles.second}>
        {log.version ? `v${log.version}` : "–"}
        {log.variant && ` · ${log.variant}`}
      </td>
      <td className={styles.second}>
        <ModelName log={log} />
      </td>
      <td className={styles.third}>{apiKeys.find(({ id }) => id === log.api_key_id)?.name ?? unknown}</td>
      <td className={table.number}>{milliseconds(log.latency_ms)}</td>
      <td className={clsx(table.number, styles.third)}>
        {count(log.prompt_tokens ?? 0)} / {count(log.completion_tokens ?? 0)}
        {log.usage_estimated && <abbr title="Estimated by a tokenizer"> ~</abbr>}
      </td>
      <td className={clsx(table.number, styles.second)}>{dollars(log.cost_nanousd)}</td>
    </tr>
  );
}

export function LogStatus({ log }: { log: Log }) {
  const tone = log.status < 400 && !log.error_code ? "good" : log.status < 500 ? "warn" : "bad";
  return (
    <Status tone={tone}>
      {log.status} {log.error_code}
    </Status>
  );
}
