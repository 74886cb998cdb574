import { expect, test } from "vitest";
import { can, type Role } from "../../lib/permissions.ts";
import type { Template } from "../../lib/queries/get-templates.ts";
import { groupsFor } from "./entries.ts";

const went: string[] = [];
const template = (name: string) => ({ id: `tpl_${name}`, name, description: `About ${name}` }) as Template;
const world = {
  organizationId: "org",
  may: (permission: string) => permission !== "audit.read",
  go: (to: string) => void went.push(to),
  setTheme: () => {},
  here: [{ keys: "mod+s", does: "Save a version", run: () => void went.push("saved") }],
  templates: Array.from({ length: 5000 }, (_, index) => template(`agent-${index}`)),
};

test("words find templates, pages and what the page can do, a few of thousands at a time", () => {
  const [found] = groupsFor(world, "agent-49 about");
  expect([found?.value, found?.items.length]).toEqual(["Templates", 12]);
  found?.items[0]?.run();
  expect(went.at(-1)).toBe("/o/org/templates/tpl_agent-49/editor");
  groupsFor(world, "save")[0]?.items[0]?.run();
  expect(went.at(-1)).toBe("saved");
  expect(groupsFor(world, "no such thing")).toEqual([]);
});

test("a page that would be refused is not offered; an open template offers its faces", () => {
  const labels = (typed: string, open?: Template) =>
    groupsFor({ ...world, open }, typed).flatMap(({ items }) => items.map(({ label }) => label));
  expect(labels("audit")).toEqual([]);
  expect(labels("history", template("x"))).toEqual(["History of x"]);
});

test("what one may make is offered, and nothing that would be refused", () => {
  const makings = (role: Role, typed = "") =>
    groupsFor({ ...world, may: (permission) => can(role, permission) }, typed)
      .filter(({ value }) => value === "Make")
      .flatMap(({ items }) => items);
  const labels = (role: Role) => makings(role).map(({ label }) => label);
  expect(labels("viewer")).toEqual([]);
  expect(labels("member")).toEqual(["New template", "New test"]);
  expect(labels("admin")).toEqual([
    "New template",
    "New test",
    "New key",
    "Invite someone",
    "Connect a provider",
  ]);
  expect(makings("admin", "add provider").map(({ label }) => label)).toEqual(["Connect a provider"]);
  makings("admin", "invite")[0]?.run();
  expect(went.at(-1)).toBe("/o/org/settings/members?new");
});
