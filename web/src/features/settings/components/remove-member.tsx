import { Confirm } from "../../../components/confirm.tsx";
import type { Person } from "../../../lib/queries/get-people.ts";
import { useRemoveMember } from "../api/members.ts";

type RemoveMemberProps = { person: Person; open: boolean; onOpenChange: (open: boolean) => void };

export function RemoveMember({ person, ...shown }: RemoveMemberProps) {
  const remove = useRemoveMember();
  return (
    <Confirm
      {...shown}
      title={`Remove ${person.email}?`}
      action="Remove"
      danger
      onConfirm={() => remove.mutateAsync(person.user_id)}
    >
      Their access ends at once, in every open window. What they wrote stays, under their name.
    </Confirm>
  );
}
