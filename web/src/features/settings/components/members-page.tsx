import { UserPlus } from "lucide-react";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Page, Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Select } from "../../../components/select.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { type Role, rolesGrantableBy } from "../../../lib/permissions.ts";
import { type Person, usePeople } from "../../../lib/queries/get-people.ts";
import { useUser } from "../../../lib/session.tsx";
import { whenDone } from "../../../lib/when-done.ts";
import {
  type Invitation,
  useInvitations,
  useRemoveMember,
  useRevokeInvitation,
  useSetMemberRole,
} from "../api/members.ts";
import { InviteDialog } from "./invite-dialog.tsx";

export function MembersPage() {
  const may = useCan();
  const people = usePeople();
  return (
    <Page
      title="Members"
      lead="Viewers read; members write, activate and test; admins manage keys, people and data; owners everything."
      actions={
        may("members.manage") && (
          <InviteDialog
            trigger={
              <Button look="primary" icon={<UserPlus aria-hidden="true" />}>
                Invite someone
              </Button>
            }
          />
        )
      }
    >
      <QueryView query={people}>{(list) => <People people={list} />}</QueryView>
      {may("members.manage") && <Invitations />}
    </Page>
  );
}

function People({ people }: { people: Person[] }) {
  return (
    <Panel flush>
      <div className={table.scroller}>
        <table className={table.table} aria-label="Members">
          <thead>
            <tr>
              <th>Person</th>
              <th>Role</th>
              <th>Joined</th>
              <th className={table.actions}>
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Member key={person.user_id} person={person} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Member({ person }: { person: Person }) {
  const me = useUser().id;
  const { role } = useOrganization();
  const setRole = useSetMemberRole();
  const remove = useRemoveMember();
  const grantable = rolesGrantableBy(role);
  const manageable = grantable.includes(person.role) && person.user_id !== me;

  function change(next: Role) {
    whenDone(setRole.mutateAsync({ user_id: person.user_id, role: next }), {
      onSuccess: () => announce(`${person.email} is now ${next}`),
      onError: announceError,
    });
  }

  return (
    <tr>
      <th scope="row">
        {person.email} {person.user_id === me && <span className="muted">(you)</span>}
      </th>
      <td>
        {manageable ? (
          <Select
            size="small"
            label={`Role of ${person.email}`}
            value={person.role}
            onChange={change}
            options={grantable.map((value) => ({ value, label: value }))}
          />
        ) : (
          person.role
        )}
      </td>
      <td>
        <Time at={person.joined_at} />
      </td>
      <td className={table.actions}>
        {manageable && (
          <Confirm
            trigger={
              <Button size="small" look="quiet" aria-label={`Remove ${person.email}`}>
                Remove
              </Button>
            }
            title={`Remove ${person.email}?`}
            action="Remove"
            danger
            onConfirm={() => remove.mutateAsync(person.user_id)}
          >
            Their access ends at once, in every open window. What they wrote stays, under their name.
          </Confirm>
        )}
      </td>
    </tr>
  );
}

function Invitations() {
  const query = useInvitations();
  if (!query.data?.length) return null;
  return (
    <Panel title="Invitations" flush>
      <div className={table.scroller}>
        <table className={table.table} aria-label="Invitations">
          <thead>
            <tr>
              <th>For</th>
              <th>Role</th>
              <th>Runs out</th>
              <th className={table.actions}>
                <span className="visually-hidden">Actions</span>
              </th>
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
  return (
    <tr>
      <th scope="row">{invitation.email}</th>
      <td>{invitation.role}</td>
      <td>
        <Time at={invitation.expires_at} />
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
