import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Panel } from "../../../components/page.tsx";
import { Empty, Failed, Skeleton } from "../../../components/states.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { count, dollars, milliseconds } from "../../../lib/format.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { type Log, useLogs } from "../api/get-logs.ts";
import { LogDetails } from "./log-details.tsx";
import styles from "./logs.module.css";

export function LogList({ templateId }: { templateId?: string }) {
  const query = useLogs({ templateId });
  const [open, setOpen] = useState<Log>();
  if (query.isPending) return <Skeleton lines={8} />;
  if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const logs = query.data?.pages.flat() ?? [];
  if (logs.length === 0) {
    return (
      <Empty title="No requests yet" example={'model: "nemo/support-agent"\nauthorization: Bearer nemo_sk_…'}>
        A request appears here the moment the gateway has answered it. “Call it” on a template shows how to
        send one.
      </Empty>
    );
  }
  return (
    <>
      <LogTable logs={logs} showTemplate={templateId === undefined} onOpen={setOpen} />
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older requests
          </Button>
        </div>
      )}
      <Dialog shape="sheet" title="Request" open={open !== undefined} onOpenChange={() => setOpen(undefined)}>
        {open && <LogDetails log={open} />}
      </Dialog>
    </>
  );
}

type LogTableProps = { logs: Log[]; showTemplate: boolean; onOpen: (log: Log) => void };

function LogTable({ logs, showTemplate, onOpen }: LogTableProps) {
  const { data: templates = [] } = useTemplates();
  const names = new Map(templates.map(({ id, name }) => [id, name]));
  return (
    <Panel flush>
      <div className={table.scroller}>
        <table className={table.table} aria-label="Requests">
          <thead>
            <tr>
              <th>When</th>
              <th>Status</th>
              {showTemplate && <th>Template</th>}
              <th>Version</th>
              <th>Model</th>
              <th className={table.number}>Latency</th>
              <th className={table.number}>Tokens in / out</th>
              <th className={table.number}>Cost</th>
            </tr>
          </thead>
          <tbody>
            {logs.map((log) => (
              <tr key={log.request_id}>
                <td>
                  <button type="button" className={styles.open} onClick={() => onOpen(log)}>
                    <Time at={log.created_at} />
                  </button>
                </td>
                <td>
                  <LogStatus log={log} />
                </td>
                {showTemplate && (
                  <td>
                    <code>{log.template_id ? (names.get(log.template_id) ?? log.template_id) : "none"}</code>
                  </td>
                )}
                <td>
                  {log.version ? `v${log.version}` : "–"}
                  {log.variant && ` · ${log.variant}`}
                </td>
                <td>{log.model ?? "unknown"}</td>
                <td className={table.number}>{milliseconds(log.latency_ms)}</td>
                <td className={table.number}>
                  {count(log.prompt_tokens ?? 0)} / {count(log.completion_tokens ?? 0)}
                  {log.usage_estimated && <abbr title="Estimated by a tokenizer"> ~</abbr>}
                </td>
                <td className={table.number}>{dollars(log.cost_nanousd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
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
