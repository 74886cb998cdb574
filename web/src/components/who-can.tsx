import { useCan, useOrganization } from "../lib/organization.tsx";
import { type Permission, whoCan } from "../lib/permissions.ts";

type WhoCanProps = {
  permission: Permission;
  /** As in "make and revoke keys". */
  children: string;
};

const from = {
  viewer: "Everybody",
  member: "Members, admins and owners",
  admin: "Admins and owners",
  owner: "Owners",
} as const;

/** Stands where the buttons would be, for those who would be refused: a page without them is no riddle then. */
export function WhoCan({ permission, children }: WhoCanProps) {
  const { role } = useOrganization();
  if (useCan()(permission)) return null;
  return (
    <p className="meta">
      {from[whoCan(permission)]} {children}; you are {role === "viewer" || role === "member" ? "a" : "an"}{" "}
      {role}.
    </p>
  );
}
