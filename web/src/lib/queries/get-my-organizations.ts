import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { membershipColumns } from "../first-columns.ts";
import type { Role } from "../permissions.ts";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

export type DataPolicy = "none" | "metadata" | "full";

export type MyOrganization = {
  id: string;
  name: string;
  data_policy: DataPolicy;
  log_retention_days: number;
  audit_retention_days: number | null;
  role: Role;
};

type Row = { role: Role; organization: Omit<MyOrganization, "role"> };

async function getMyOrganizations(userId: string): Promise<MyOrganization[]> {
  const rows = unwrap(
    await supabase().from("memberships").select(membershipColumns).eq("user_id", userId),
  ) as unknown as Row[];
  return rows
    .map(({ role, organization }) => ({ ...organization, role }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function myOrganizationsOptions(userId: string) {
  return queryOptions({ queryKey: keys.organizations(), queryFn: () => getMyOrganizations(userId) });
}

export function useMyOrganizations(userId: string) {
  return useQuery(myOrganizationsOptions(userId));
}
