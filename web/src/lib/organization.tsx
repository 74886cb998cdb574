import { createContext, useContext } from "react";
import { can, type Permission, type Role } from "./permissions.ts";

/** The organization whose pages are open, and who the person is in it. */
export type CurrentOrganization = { id: string; name: string; role: Role };

export const OrganizationContext = createContext<CurrentOrganization | null>(null);

export function useOrganization(): CurrentOrganization {
  const organization = useContext(OrganizationContext);
  if (!organization) throw new Error("This component is shown only inside an organization");
  return organization;
}

/** `const may = useCan(); may("keys.manage") && <Button/>`: what would be refused is not offered. */
export function useCan(): (permission: Permission) => boolean {
  const { role } = useOrganization();
  return (permission) => can(role, permission);
}
