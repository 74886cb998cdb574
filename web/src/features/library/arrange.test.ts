import { expect, test } from "vitest";
import type { Template } from "../../lib/queries/get-templates.ts";
import { type Arrangement, type LibraryOrder, pick, shelve, sortShelf, tagsOf } from "./arrange.ts";

function template(name: string, over: Partial<Template> = {}): Template {
  return {
    id: `tpl_${name}`,
    organization_id: "o",
    name,
    description: "",
    tags: [],
    active_version: null,
    latest_version: 0,
    updated_at: "2026-01-01T00:00:00Z",
    ...over,
  };
}

const library = [
  template("triage", { tags: ["support"], updated_at: "2026-01-03T00:00:00Z", latest_version: 2 }),
  template("support-agent", { active_version: 3, latest_version: 3, updated_at: "2026-01-02T00:00:00Z" }),
  template("summarise", { description: "Calls of the support line", latest_version: 9 }),
];
const names = (list: Template[]) => list.map(({ name }) => name);
const all: Arrangement = { search: "", filter: "all", tag: null, testing: new Map() };

test("every word must be somewhere in name, tags or description", () => {
  expect(names(pick(shelve(library), { ...all, search: "SUPPORT line" }))).toEqual(["summarise"]);
  expect(names(pick(shelve(library), { ...all, search: "support" }))).toHaveLength(3);
});

test("active and not active share the library between them", () => {
  expect(names(pick(shelve(library), { ...all, filter: "active" }))).toEqual(["support-agent"]);
  expect(names(pick(shelve(library), { ...all, filter: "draft" }))).toEqual(["triage", "summarise"]);
});

test("a tag and a running test each leave only their own", () => {
  expect(names(pick(shelve(library), { ...all, tag: "support" }))).toEqual(["triage"]);
  const testing = new Map([["tpl_support-agent", [6000, 4000]]]);
  expect(names(pick(shelve(library), { ...all, filter: "testing", testing }))).toEqual(["support-agent"]);
  expect(tagsOf([...library, template("x", { tags: ["b", "support"] })])).toEqual([
    { tag: "support", count: 2 },
    { tag: "b", count: 1 },
  ]);
});

test("orders by change, name and number of versions", () => {
  const sorted = (order: LibraryOrder) => names(pick(sortShelf(shelve(library), order), all));
  expect(sorted("changed")).toEqual(["triage", "support-agent", "summarise"]);
  expect(sorted("name")).toEqual(["summarise", "support-agent", "triage"]);
  expect(sorted("versions")).toEqual(["summarise", "support-agent", "triage"]);
});
