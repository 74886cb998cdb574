import { clsx } from "clsx";
import { ActionsHeader } from "../../../components/actions-header.tsx";
import { Button } from "../../../components/button.tsx";
import { Panel } from "../../../components/page.tsx";
import { Select } from "../../../components/select.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { type Role, rolesGrantableBy } from "../../../lib/permissions.ts";
import type { Person } from "../../../lib/queries/get-people.ts";
import { useUser } from "../../../lib/session.tsx";
import { whenDone } from "../../../lib/when-done.ts";
import { useSetMemberRole } from "../api/members.ts";

type PeopleTableProps = { people: Person[]; onRemove: (person: Person) => void };

export function PeopleTable({ people, onRemove }: PeopleTableProps) {
  return (
    <Panel flush>
      <div className={table.scroller}>
        <table className={clsx(table.table, table.cards)} aria-label="Members">
          <thead>
            <tr>
              <th>Person</th>
              <th>Role</th>
              <th>Joined</th>
              <ActionsHeader />
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Member key={person.user_id} person={person} onRemove={onRemove} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

type MemberProps = { person: Person; onRemove: (person: Person) => void };

function Member({ person, onRemove }: MemberProps) {
  const me = useUser().id;
  const { role } = useOrganization();
  const setRole = useSetMemberRole();
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
      <td data-label="Role">
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
      <td data-label="Joined">
        <Time at={person.joined_at} />
      </td>
      <td className={table.actions}>
        {manageable && (
          <Button
            size="small"
            look="quiet"
            aria-label={`Remove ${person.email}`}
            onClick={() => onRemove(person)}
          >
            Remove
          </Button>
        )}
      </td>
    </tr>
  );
}
