/** Roles from least to most. A role may do everything the ones before it may. */
export const roles = ["viewer", "member", "admin", "owner"] as const;
export type Role = (typeof roles)[number];

/**
 * The least role for each thing a person can do here. The database refuses by the same table on its own;
 * this one only decides which buttons exist, so that nobody is offered what would be refused.
 */
const leastRole = {
  "templates.read": "viewer",
  "templates.write": "member",
  "versions.activate": "member",
  "tests.run": "member",
  "recommendations.decide": "member",
  "playground.run": "member",
  "logs.readContent": "admin",
  "audit.read": "admin",
  "templates.delete": "admin",
  "labels.protect": "admin",
  "keys.manage": "admin",
  "providers.manage": "admin",
  "members.manage": "admin",
  "policy.set": "admin",
  "organization.rename": "admin",
  "owners.make": "owner",
  "organization.delete": "owner",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof leastRole;

export function can(role: Role, permission: Permission): boolean {
  return roles.indexOf(role) >= roles.indexOf(leastRole[permission]);
}

/** For sentences such as "An admin can do this". */
export function whoCan(permission: Permission): Role {
  return leastRole[permission];
}

/** Nobody hands out more than they have: admins manage up to admin, owners everybody. */
export function rolesGrantableBy(role: Role): Role[] {
  if (!can(role, "members.manage")) return [];
  return roles.filter((one) => one !== "owner" || can(role, "owners.make"));
}
