import { expect, test } from "vitest";
import type { AuditEntry } from "./api/get-audit-entries.ts";
import { targetName } from "./target-name.ts";

const names = {
  templates: new Map([["tpl_1", "support-agent"]]),
  people: new Map([["u1", "ada@tests.nemo.test"]]),
  organization: "Corner shop",
};
const entry = (facts: Partial<AuditEntry>) =>
  ({ template_id: null, before: null, after: null, ...facts }) as AuditEntry;

test.each<[string, Partial<AuditEntry>, string]>([
  [
    "the organization by its name, where an entry does not say it",
    { target_kind: "organization", target_id: "5f08c157", after: { data_policy: "full" } },
    "Corner shop",
  ],
  [
    "a template by its name",
    { target_kind: "template", target_id: "tpl_1", template_id: "tpl_1" },
    "support-agent",
  ],
  [
    "a version with it",
    { target_kind: "version", target_id: "tpl_1@v3", template_id: "tpl_1" },
    "support-agent v3",
  ],
  [
    "a label with it",
    { target_kind: "label", target_id: "tpl_1@staging", template_id: "tpl_1" },
    "support-agent staging",
  ],
  ["a person by e-mail", { target_kind: "member", target_id: "u1" }, "ada@tests.nemo.test"],
  [
    "a key by the name it was given",
    { target_kind: "api_key", target_id: "k1", after: { name: "shop" } },
    "shop",
  ],
  [
    "an invitation by its e-mail",
    { target_kind: "invitation", target_id: "i1", after: { email: "bo@x.test" } },
    "bo@x.test",
  ],
  [
    "a test of a template by its own name first",
    { target_kind: "ab_test", target_id: "t1", template_id: "tpl_1", after: { name: "tone" } },
    "tone",
  ],
  [
    "a test without a name by its template",
    { target_kind: "ab_test", target_id: "t1", template_id: "tpl_1" },
    "support-agent",
  ],
  ["an entry by its number", { target_kind: "audit_entry", target_id: "17" }, "entry 17"],
  ["what is gone by its id", { target_kind: "template", target_id: "tpl_9", template_id: "tpl_9" }, "tpl_9"],
])("names %s", (_what, facts, name) => {
  expect(targetName(entry(facts), names)).toBe(name);
});
