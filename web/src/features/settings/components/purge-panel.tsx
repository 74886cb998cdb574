import { useState } from "react";
import { Link } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Panel } from "../../../components/page.tsx";
import { plural } from "../../../lib/format.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { DataPolicy, MyOrganization } from "../../../lib/queries/get-my-organizations.ts";
import { type PurgeReceipt, usePurgeLogs } from "../api/change-organization.ts";

const leftovers: Record<Exclude<DataPolicy, "full">, { action: string; what: string; gone: string }> = {
  metadata: {
    action: "Remove all text",
    what: "Variables, rendered messages, answers and comments kept under an earlier setting are still there, until their time is over or you remove them.",
    gone: "Variables, messages, answers and written feedback of every logged request go for good. The facts of the requests stay.",
  },
  none: {
    action: "Remove all requests",
    what: "Requests logged under an earlier setting are still there, until their time is over or you remove them.",
    gone: "Every logged request and all feedback go for good. Counts, costs and the results of tests stay.",
  },
};

/** A lower policy says what is kept from now on; this takes away what was kept before. */
export function PurgePanel({ organization }: { organization: MyOrganization }) {
  const purge = usePurgeLogs();
  const [receipt, setReceipt] = useState<PurgeReceipt>();
  const policy = organization.data_policy;
  if (policy === "full") return null;
  const { action, what, gone } = leftovers[policy];
  return (
    <Panel title="What was kept before" lead={what}>
      {receipt ? (
        <Receipt receipt={receipt} />
      ) : (
        <Confirm
          trigger={<Button look="risky">{action}…</Button>}
          title={`${action}?`}
          action={action}
          danger
          onConfirm={async () => setReceipt(await purge.mutateAsync(undefined))}
        >
          {gone}
        </Confirm>
      )}
    </Panel>
  );
}

function Receipt({ receipt }: { receipt: PurgeReceipt }) {
  const { id } = useOrganization();
  return (
    <p role="status">
      {receipt.data_policy === "none"
        ? `${plural(receipt.rows_deleted, "request")} and ${plural(receipt.feedback_changed, "entry", "entries")} of feedback are gone.`
        : `${plural(receipt.rows_emptied, "request")} and ${plural(receipt.feedback_changed, "entry", "entries")} of feedback have no text any more.`}{" "}
      The receipt is <Link to={paths.audit(id)}>entry {receipt.audit_sequence} of the audit log</Link>.
    </p>
  );
}
