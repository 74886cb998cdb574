import { UserPlus } from "lucide-react";
import { Button } from "../../../components/button.tsx";
import { Page } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { WhoCan } from "../../../components/who-can.tsx";
import { useCan } from "../../../lib/organization.tsx";
import { type Person, usePeople } from "../../../lib/queries/get-people.ts";
import { useAbout } from "../../../lib/use-about.ts";
import { useMaking } from "../../../lib/use-making.ts";
import { Invitations } from "./invitations.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { PeopleTable } from "./people-table.tsx";
import { RemoveMember } from "./remove-member.tsx";

export function MembersPage() {
  const may = useCan();
  const people = usePeople();
  // The dialogs stand outside the list: they stay when somebody else changes it.
  const [inviting, setInviting] = useMaking("members.manage");
  const removing = useAbout<Person>();
  const mayManage = may("members.manage");
  return (
    <Page
      title="Members"
      lead="Viewers read; members write, activate and test; admins manage keys, people and data; owners everything."
      actions={
        mayManage ? (
          <Button look="primary" icon={<UserPlus aria-hidden="true" />} onClick={() => setInviting(true)}>
            Invite someone
          </Button>
        ) : (
          <WhoCan permission="members.manage">invite people and change roles</WhoCan>
        )
      }
    >
      <QueryView query={people}>{(list) => <PeopleTable people={list} onRemove={removing.ask} />}</QueryView>
      {mayManage && <Invitations />}
      <InviteDialog open={inviting} onOpenChange={setInviting} />
      {removing.about && <RemoveMember person={removing.about} {...removing.shown} />}
    </Page>
  );
}
