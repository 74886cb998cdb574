import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import type { Role } from "../permissions.ts";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

export type Person = { user_id: string; email: string; role: Role; joined_at: string };

function peopleOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.members(organizationId),
    queryFn: async () =>
      unwrap(await supabase().rpc("organization_people", { organization_id: organizationId })) as Person[],
  });
}

export function usePeople() {
  return useQuery(peopleOptions(useOrganization().id));
}

/** "you", an e-mail, or that the person has left: authors are ids without a foreign key, because history outlives accounts. */
export function useNameOf(me: string): (userId: string | null) => string {
  const { data = [] } = usePeople();
  return (userId) => {
    if (userId === null) return "the system";
    if (userId === me) return "you";
    return data.find((person) => person.user_id === userId)?.email ?? "someone who left";
  };
}
