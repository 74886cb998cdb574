import { type ReactElement, useCallback, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Spinner } from "../../../components/spinner.tsx";
import { Empty, Failed, Skeleton } from "../../../components/states.tsx";
import { Status } from "../../../components/status.tsx";
import { ToACall } from "../../../components/to-a-template.tsx";
import { type Liveness, useLiveness } from "../../../lib/live.ts";
import { useAbout } from "../../../lib/use-about.ts";
import { useAddressFilter } from "../../../lib/use-address-filter.ts";
import { type Log, type LogFilter, noFilter, numbersOfFilter, useLogs } from "../api/get-logs.ts";
import { LogDetails } from "./log-details.tsx";
import { LogFilters } from "./log-filters.tsx";
import { LogTable } from "./log-table.tsx";
import styles from "./logs.module.css";

/** Every request of the organization or of one template, as it comes in, narrowed by any of its facts. */
export function LogList({ templateId }: { templateId?: string }) {
  const [filter, change] = useAddressFilter<LogFilter>(
    { ...noFilter, templateId: templateId ?? null },
    numbersOfFilter,
  );
  const [live, setLive] = useState(true);
  return (
    <>
      <LogFilters filter={filter} change={change} fixedTemplate={templateId !== undefined}>
        <div className={styles.tail}>
          <Tail live={live} />
          <Button size="small" look="quiet" onClick={() => setLive(!live)}>
            {live ? "Hold" : "Follow"}
          </Button>
        </div>
      </LogFilters>
      <Requests
        filter={filter}
        live={live}
        showTemplate={templateId === undefined}
        onShowAll={() => change({ ...noFilter, templateId: templateId ?? null })}
      />
    </>
  );
}

const said: Record<Liveness, ReactElement> = {
  joining: <Status>connecting</Status>,
  live: (
    <Status tone="good" pulse>
      live
    </Status>
  ),
  lost: <Status tone="warn">not live, reload to update</Status>,
};

function Tail({ live }: { live: boolean }) {
  const liveness = useLiveness();
  return live ? said[liveness] : <Status>held, new requests wait</Status>;
}

type RequestsProps = { filter: LogFilter; live: boolean; showTemplate: boolean; onShowAll: () => void };

function Requests({ filter, live, showTemplate, onShowAll }: RequestsProps) {
  const query = useLogs(filter, live);
  const reading = useAbout<Log>();
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  if (query.isPending) return <Skeleton lines={8} />;
  if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const logs = query.data?.pages.flat() ?? [];
  if (logs.length === 0) return <Nothing {...{ filter, showTemplate, onShowAll }} />;
  return (
    <>
      <LogTable logs={logs} showTemplate={showTemplate} onOpen={reading.ask} onEnd={more} />
      <div className={styles.more}>
        {isFetchingNextPage && <Spinner />}
        {isFetchNextPageError && (
          <Button onClick={() => void fetchNextPage()}>Try older requests again</Button>
        )}
        {!hasNextPage && <span className="muted">No older requests</span>}
      </div>
      {reading.about && (
        <Dialog shape="sheet" title="Request" {...reading.shown}>
          <LogDetails log={reading.about} />
        </Dialog>
      )}
    </>
  );
}

function Nothing({ filter, showTemplate, onShowAll }: Omit<RequestsProps, "live">) {
  const { templateId, ...rest } = filter;
  const narrowed =
    (showTemplate && templateId !== null) ||
    Object.entries(rest).some(([name, value]) => value !== noFilter[name as keyof LogFilter]);
  return narrowed ? (
    <Empty title="No request fits" action={<Button onClick={onShowAll}>Show all requests</Button>}>
      Choose a longer time or fewer filters.
    </Empty>
  ) : (
    <Empty
      title="No requests yet"
      example={'model: "nemo/support-agent"\nauthorization: Bearer nemo_sk_…'}
      action={showTemplate && <ToACall />}
    >
      A request appears here the moment the gateway has answered it. “Call it”{" "}
      {showTemplate ? "on a template" : "above"} shows how to send one.
    </Empty>
  );
}
