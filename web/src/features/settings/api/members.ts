import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import type { Role } from "../../../lib/permissions.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type Invitation = { id: string; email: string; role: Role; created_at: string; expires_at: string };

function invitationsOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.invitations(organizationId),
    queryFn: async () =>
      unwrap(
        await supabase()
          .from("invitations")
          .select("id, email, role, created_at, expires_at")
          .eq("organization_id", organizationId)
          .is("accepted_at", null)
          .is("revoked_at", null)
          .order("created_at", { ascending: false }),
      ) as Invitation[],
  });
}

/** Those that can still be accepted or have run out. */
export function useInvitations() {
  return useQuery(invitationsOptions(useOrganization().id));
}

function useMembersChange<Args, Answer>(change: (organizationId: string, args: Args) => Promise<Answer>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: (args: Args) => change(id, args),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.members(id) }),
        queryClient.invalidateQueries({ queryKey: keys.invitations(id) }),
        queryClient.invalidateQueries({ queryKey: keys.organizations() }),
      ]),
  });
}

/** `token` is in this one answer and nowhere else: it makes the link that is handed over. */
export function useInviteMember() {
  return useMembersChange(
    async (organization_id, person: { email: string; role: Role }) =>
      unwrap(
        await supabase()
          .rpc("invite_member", { organization_id, ...person })
          .single(),
      ) as { token: string },
  );
}

export function useRevokeInvitation() {
  return useMembersChange(async (_organizationId, invitation_id: string) =>
    unwrap(await supabase().rpc("revoke_invitation", { invitation_id })),
  );
}

export function useSetMemberRole() {
  return useMembersChange(async (organization_id, member: { user_id: string; role: Role }) =>
    unwrap(await supabase().rpc("set_member_role", { organization_id, ...member })),
  );
}

export function useRemoveMember() {
  return useMembersChange(async (organization_id, user_id: string) =>
    unwrap(await supabase().rpc("remove_member", { organization_id, user_id })),
  );
}
