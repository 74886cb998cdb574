import { clsx } from "clsx";
import { ActionsHeader } from "../../../components/actions-header.tsx";
import { Button } from "../../../components/button.tsx";
import { Panel } from "../../../components/page.tsx";
import { Failed } from "../../../components/states.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { announceError } from "../../../lib/announce.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { type Invitation, useInvitations, useRevokeInvitation } from "../api/members.ts";

/** Those that nobody has accepted yet; there is nothing to read where there are none. */
export function Invitations() {
  const query = useInvitations();
  if (query.isError && !query.data)
    return (
      <Panel title="Invitations">
        <Failed error={query.error} retry={() => void query.refetch()} />
      </Panel>
    );
  if (!query.data?.length) return null;
  return (
    <Panel title="Invitations" flush>
      <div className={table.scroller}>
        <table className={clsx(table.table, table.cards)} aria-label="Invitations">
          <thead>
            <tr>
              <th>For</th>
              <th>Role</th>
              <th>Runs out</th>
              <ActionsHeader />
            </tr>
          </thead>
          <tbody>
            {query.data.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const revoke = useRevokeInvitation();
  const ranOut = Date.parse(invitation.expires_at) <= Date.now();
  return (
    <tr>
      <th scope="row">{invitation.email}</th>
      <td data-label="Role">{invitation.role}</td>
      <td data-label="Runs out">
        {ranOut ? (
          <Status tone="warn">
            ran out <Time at={invitation.expires_at} />
          </Status>
        ) : (
          <Time at={invitation.expires_at} />
        )}
      </td>
      <td className={table.actions}>
        <Button
          size="small"
          look="quiet"
          aria-label={`Withdraw the invitation of ${invitation.email}`}
          busy={revoke.isPending}
          onClick={() => whenDone(revoke.mutateAsync(invitation.id), { onError: announceError })}
        >
          Withdraw
        </Button>
      </td>
    </tr>
  );
}
