import { AUDIT_ACTIONS } from "@core/events/audit-actions.ts";
import { Download } from "lucide-react";
import { useMemo } from "react";
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
import { useAddressFilter } from "../../../lib/use-address-filter.ts";
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

type Chosen = Omit<AuditFilter, "since"> & { days: number | null };
const everything: Chosen = { templateId: null, actor: null, action: null, days: null };

function Audit() {
  const [chosen, change] = useAddressFilter(everything, ["days"]);
  const { days, ...facts } = chosen;
  // One moment for as long as it is chosen: a filter that moves on would be another question each time.
  const since = useMemo(() => (days === null ? null : daysAgo(days)), [days]);
  const filter: AuditFilter = { ...facts, since };
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
      <Filters chosen={chosen} change={change} />
      <AuditList filter={filter} onShowAll={() => change(everything)} />
    </Page>
  );
}

function Filters({ chosen, change }: { chosen: Chosen; change: (part: Partial<Chosen>) => void }) {
  const { data: templates = [] } = useTemplates();
  const { data: people = [] } = usePeople();
  return (
    <div className={styles.tools}>
      <Picker
        label="Template"
        none="All templates"
        value={chosen.templateId}
        onChange={(templateId) => change({ templateId })}
        options={templates.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Picker
        label="Person"
        none="Everyone"
        value={chosen.actor}
        onChange={(actor) => change({ actor })}
        options={people.map(({ user_id, email }) => ({ value: user_id, label: email }))}
      />
      <Picker
        label="Action"
        none="Every action"
        value={chosen.action}
        onChange={(action) => change({ action })}
        options={actionOptions}
      />
      <Select
        label="Time"
        value={String(chosen.days ?? "all")}
        onChange={(span) => change({ days: span === "all" ? null : Number(span) })}
        options={spans}
      />
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

const spans = [
  { value: "all", label: "All time" },
  { value: "1", label: "Last 24 hours" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
  { value: "90", label: "Last 90 days" },
];

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

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
