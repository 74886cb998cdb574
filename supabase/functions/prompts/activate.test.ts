import { expect, test } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { callPrompts, join, makeTemplate } from "./testing/prompts-client.ts";

const stack = useStack();

test("a member activates a version, and the audit names them, their address and their agent", async () => {
  const owner = await stack.signUp();
  const member = await stack.signUp();
  await join(owner, member, "member");
  const template_id = await makeTemplate(owner, "Hello {{ name }}");
  const { status, body } = await callPrompts(stack, "/activate", {
    token: member.accessToken,
    body: { template_id, version: 1 },
    headers: { "user-agent": "browser/1.0", "x-forwarded-for": "203.0.113.9, 10.0.0.1" },
  });
  expect([status, body.id, body.active_version]).toEqual([200, template_id, 1]);
  expect(body.lint_report).toEqual({ passed: true, error_count: 0, warning_count: 0, findings: [] });
  const { data } = await owner.client.rpc("audit_entries", {
    organization_id: owner.organizationId,
    action: "version.activated",
  });
  expect(data).toMatchObject([
    {
      actor_id: member.userId,
      actor_kind: "user",
      ip: "203.0.113.9",
      user_agent: "browser/1.0",
      template_id,
    },
  ]);
});

test("the report is stored by the server, so that rpc alone succeeds afterwards and not before", async () => {
  const owner = await stack.signUp();
  const template_id = await makeTemplate(owner, "one", "two");
  const before = await owner.client.rpc("activate_version", { template_id, version: 1 });
  expect(before.error?.code).toBe("NM022");
  await callPrompts(stack, "/lint", { token: owner.accessToken, body: { template_id, version: 1 } });
  const after = await owner.client.rpc("activate_version", { template_id, version: 1 });
  expect([after.error, after.data?.active_version]).toEqual([null, 1]);
  const other = await owner.client.rpc("activate_version", { template_id, version: 2 });
  expect(other.error?.code).toBe("NM022");
});

test("a version with lint errors is refused with its report and stays inactive", async () => {
  const owner = await stack.signUp();
  const template_id = await makeTemplate(owner, "Hello {{ name | uper }}");
  const { status, body } = await callPrompts(stack, "/activate", {
    token: owner.accessToken,
    body: { template_id, version: 1 },
  });
  expect([status, body.error.code]).toEqual([422, "lint_failed"]);
  expect(body.lint_report.findings).toMatchObject([
    { rule: "unknown-filter", level: "error", line: 1, column: 17 },
  ]);
  const stored = await owner.client
    .from("lint_reports")
    .select("passed, error_count")
    .eq("template_id", template_id);
  expect(stored.data).toEqual([{ passed: false, error_count: 1 }]);
  const template = await owner.client
    .from("prompt_templates")
    .select("active_version")
    .eq("id", template_id)
    .single();
  expect(template.data).toEqual({ active_version: null });
});

test("a viewer may not activate", async () => {
  const owner = await stack.signUp();
  const viewer = await stack.signUp();
  await join(owner, viewer, "viewer");
  const template_id = await makeTemplate(owner, "Hello");
  const { status, body } = await callPrompts(stack, "/activate", {
    token: viewer.accessToken,
    body: { template_id, version: 1 },
  });
  expect([status, body.error.code]).toEqual([403, "NM002"]);
  const template = await owner.client
    .from("prompt_templates")
    .select("active_version")
    .eq("id", template_id)
    .single();
  expect(template.data).toEqual({ active_version: null });
});

test("a stranger and a version that does not exist are told the same", async () => {
  const owner = await stack.signUp();
  const stranger = await stack.signUp();
  const template_id = await makeTemplate(owner, "Hello");
  for (const path of ["/activate", "/lint"]) {
    const foreign = await callPrompts(stack, path, {
      token: stranger.accessToken,
      body: { template_id, version: 1 },
    });
    const missing = await callPrompts(stack, path, {
      token: owner.accessToken,
      body: { template_id, version: 2 },
    });
    expect([foreign.status, foreign.body]).toEqual([404, missing.body]);
    expect(foreign.body.error.code).toBe("version_not_found");
  }
  const reports = await owner.client.from("lint_reports").select("id").eq("template_id", template_id);
  expect(reports.data).toEqual([]);
});

test("a caller cannot name somebody else as the one who acts", async () => {
  const owner = await stack.signUp();
  const stranger = await stack.signUp();
  const template_id = await makeTemplate(owner, "Hello");
  const { status } = await callPrompts(stack, "/activate", {
    token: stranger.accessToken,
    body: { template_id, version: 1 },
    headers: { "x-nemo-acting-user": owner.userId },
  });
  expect(status).toBe(404);
});
