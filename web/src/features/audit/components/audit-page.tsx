import { AUDIT_ACTIONS } from "@core/events/audit-actions.ts";
import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Menu } from "../../../components/menu.tsx";
import { Page } from "../../../components/page.tsx";
import { Picker } from "../../../components/picker.tsx";
import { Select } from "../../../components/select.tsx";
import { NotAllowed } from "../../../components/states.tsx";
import { Badge } from "../../../components/status.tsx";
import { announceError } from "../../../lib/announce.ts";
import { plural } from "../../../lib/format.ts";
import { useCan } from "../../../lib/organization.tsx";
import { usePeople } from "../../../lib/queries/get-people.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useExportAudit } from "../api/export-audit.ts";
import { type AuditFilter, useAuditChain } from "../api/get-audit-entries.ts";
import styles from "./audit.module.css";
import { AuditList } from "./audit-list.tsx";

export function AuditPage() {
  const may = useCan();
  if (!may("audit.read")) {
    return (
      <Page title="Audit log">
        <NotAllowed what="The audit log" takes="admin" />
      </Page>
    );
  }
  return <Audit />;
}

const noFilter: AuditFilter = { templateId: null, actor: null, action: null, since: null };

function Audit() {
  const [filter, setFilter] = useState(noFilter);
  const change = (part: Partial<AuditFilter>) => setFilter((current) => ({ ...current, ...part }));
  return (
    <Page
      title="Audit log"
      lead="Who changed what, and when. Entries cannot be altered by anyone; each carries the hash of the one before."
      actions={
        <>
          <Chain />
          <Export filter={filter} />
        </>
      }
    >
      <Filters filter={filter} change={change} />
      <AuditList filter={filter} />
    </Page>
  );
}

function Filters({ filter, change }: { filter: AuditFilter; change: (part: Partial<AuditFilter>) => void }) {
  const { data: templates = [] } = useTemplates();
  const { data: people = [] } = usePeople();
  return (
    <div className={styles.tools}>
      <Picker
        label="Template"
        none="All templates"
        value={filter.templateId}
        onChange={(templateId) => change({ templateId })}
        options={templates.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Picker
        label="Person"
        none="Everyone"
        value={filter.actor}
        onChange={(actor) => change({ actor })}
        options={people.map(({ user_id, email }) => ({ value: user_id, label: email }))}
      />
      <Picker
        label="Action"
        none="Every action"
        value={filter.action}
        onChange={(action) => change({ action })}
        options={actionOptions}
      />
      <Since since={filter.since} onChange={(since) => change({ since })} />
    </div>
  );
}

/** Each class as a whole, then its actions: what is typed finds either. */
const actionClasses = new Set(Object.keys(AUDIT_ACTIONS).map((action) => action.split(".")[0]!));
const actionOptions = [...actionClasses].flatMap((actionClass) => [
  { value: actionClass, label: `${actionClass}.*`, hint: "All of them." },
  ...Object.entries(AUDIT_ACTIONS)
    .filter(([action]) => action.startsWith(`${actionClass}.`))
    .map(([action, hint]) => ({ value: action, label: action, hint })),
]);

const spans = { all: null, day: 1, week: 7, month: 30, quarter: 90 } as const;

function Since({ onChange }: { since: string | null; onChange: (since: string | null) => void }) {
  const [span, setSpan] = useState<keyof typeof spans>("all");
  return (
    <Select
      label="Time"
      value={span}
      onChange={(next) => {
        setSpan(next);
        const days = spans[next];
        onChange(days === null ? null : new Date(Date.now() - days * 86_400_000).toISOString());
      }}
      options={[
        { value: "all", label: "All time" },
        { value: "day", label: "Last 24 hours" },
        { value: "week", label: "Last 7 days" },
        { value: "month", label: "Last 30 days" },
        { value: "quarter", label: "Last 90 days" },
      ]}
    />
  );
}

function Chain() {
  const { data, isError } = useAuditChain();
  if (!data) return isError && <Badge tone="warn">Chain not verified: that failed</Badge>;
  return data.ok ? (
    <Badge tone="good">Chain verified, {plural(data.checked, "entry", "entries")}</Badge>
  ) : (
    <Badge tone="bad">Chain broken at entry {data.first_bad}</Badge>
  );
}

function Export({ filter }: { filter: AuditFilter }) {
  const run = useExportAudit();
  const start = (format: "csv" | "json") =>
    whenDone(run.mutateAsync({ format, filter }), { onError: announceError });
  return (
    <Menu
      trigger={
        <Button icon={<Download aria-hidden="true" />} busy={run.isPending}>
          {run.isPending ? "Exporting" : "Export"}
        </Button>
      }
      entries={[
        { label: "CSV, with this filter", onSelect: () => start("csv") },
        { label: "JSON, with this filter", onSelect: () => start("json") },
      ]}
    />
  );
}
