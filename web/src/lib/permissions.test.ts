import { expect, test } from "vitest";
import { can, type Permission, roles, rolesGrantableBy } from "./permissions.ts";

const table: [Permission, allowed: string][] = [
  ["templates.read", "viewer member admin owner"],
  ["templates.write", "member admin owner"],
  ["versions.activate", "member admin owner"],
  ["tests.run", "member admin owner"],
  ["recommendations.decide", "member admin owner"],
  ["logs.readContent", "admin owner"],
  ["audit.read", "admin owner"],
  ["templates.delete", "admin owner"],
  ["keys.manage", "admin owner"],
  ["members.manage", "admin owner"],
  ["policy.set", "admin owner"],
  ["owners.make", "owner"],
  ["organization.delete", "owner"],
];

test.each(table)("%s is for %s and nobody else", (permission, allowed) => {
  expect(roles.filter((role) => can(role, permission)).join(" ")).toBe(allowed);
});

test("nobody hands out more than they have: owners every role, admins up to admin, others none", () => {
  expect(rolesGrantableBy("owner")).toEqual(["viewer", "member", "admin", "owner"]);
  expect(rolesGrantableBy("admin")).toEqual(["viewer", "member", "admin"]);
  expect(rolesGrantableBy("member")).toEqual([]);
  expect(rolesGrantableBy("viewer")).toEqual([]);
});
