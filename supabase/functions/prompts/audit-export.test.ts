import { expect, test } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { callPrompts, join, makeTemplate } from "./testing/prompts-client.ts";

const stack = useStack();

test("an admin exports the log as JSON, newest first, and the export is audited", async () => {
  const owner = await stack.signUp();
  await makeTemplate(owner, "Hello");
  const path = `/audit-export?organization_id=${owner.organizationId}&format=json`;
  const { status, body, headers } = await callPrompts(stack, path, { token: owner.accessToken });
  expect(status).toBe(200);
  expect(body.map((entry: { action: string }) => entry.action)).toEqual([
    "version.saved",
    "template.created",
    "organization.created",
  ]);
  expect(headers.get("content-disposition")).toMatch(
    /^attachment; filename="nemo-audit-\d{4}-\d\d-\d\d\.json"$/,
  );
  const again = await callPrompts(stack, path, { token: owner.accessToken });
  expect(again.body[0]).toMatchObject({ action: "audit.exported", actor_id: owner.userId });
});

test("filters choose the same entries as in the database", async () => {
  const owner = await stack.signUp();
  const [first] = [await makeTemplate(owner, "one", "two"), await makeTemplate(owner, "three")];
  const query = `organization_id=${owner.organizationId}&format=json&template_id=${first}&action=version&actor=${owner.userId}`;
  const { body } = await callPrompts(stack, `/audit-export?${query}`, { token: owner.accessToken });
  expect(body.map((entry: { target_id: string }) => entry.target_id)).toEqual([`${first}@v2`, `${first}@v1`]);
  const future = await callPrompts(stack, `/audit-export?${query}&since=2999-01-01`, {
    token: owner.accessToken,
  });
  expect(future.body).toEqual([]);
});

test("as CSV it is RFC 4180, and no cell is a formula", async () => {
  const owner = await stack.signUp();
  const description = '=HYPERLINK("http://x"),\n"a"';
  await owner.client.rpc("create_template", {
    organization_id: owner.organizationId,
    name: "csv",
    description,
  });
  const { text, headers } = await callPrompts(
    stack,
    `/audit-export?organization_id=${owner.organizationId}`,
    {
      token: owner.accessToken,
      headers: { "user-agent": "=cmd|' /C calc'!A0" },
    },
  );
  expect(headers.get("content-type")).toContain("text/csv");
  expect(text.startsWith("sequence,occurred_at,action,")).toBe(true);
  expect(text.endsWith("\r\n")).toBe(true);
  expect(text).toContain('\\""http://x\\""');
  const second = await callPrompts(
    stack,
    `/audit-export?organization_id=${owner.organizationId}&action=audit`,
    {
      token: owner.accessToken,
    },
  );
  // The agent above came from the caller, so it is the one cell somebody outside can choose.
  expect(second.text).toContain(",'=cmd|' /C calc'!A0,");
  expect(second.text).not.toMatch(/,=cmd/);
});

test("a log longer than a page is exported whole, each entry once", async () => {
  const owner = await stack.signUp();
  const template_id = await makeTemplate(owner, "Hello");
  const many = Array.from({ length: 1100 }, (_, index) => index);
  for (let from = 0; from < many.length; from += 50) {
    const batch = many.slice(from, from + 50);
    await Promise.all(
      batch.map((n) => owner.client.rpc("update_template", { template_id, description: `d${n}` })),
    );
  }
  const { body } = await callPrompts(
    stack,
    `/audit-export?organization_id=${owner.organizationId}&format=json`,
    {
      token: owner.accessToken,
    },
  );
  const sequences = body.map((entry: { sequence: number }) => entry.sequence);
  expect(sequences.length).toBeGreaterThan(1100);
  expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, index) => sequences.length - index));
});

test("members, strangers and misspelt questions are refused before anything is sent", async () => {
  const owner = await stack.signUp();
  const member = await stack.signUp();
  await join(owner, member, "member");
  const stranger = await stack.signUp();
  const path = `/audit-export?organization_id=${owner.organizationId}`;
  const refusals: [string, string | undefined, number, string][] = [
    [path, member.accessToken, 403, "NM002"],
    [path, stranger.accessToken, 404, "NM003"],
    [path, undefined, 401, "not_signed_in"],
    [`${path}&format=xml`, owner.accessToken, 400, "invalid_request"],
    [`${path}&actoin=version`, owner.accessToken, 400, "invalid_request"],
    [`${path}&since=yesterday-ish`, owner.accessToken, 400, "invalid_request"],
    ["/audit-export?organization_id=1", owner.accessToken, 400, "invalid_request"],
  ];
  for (const [asked, token, status, code] of refusals) {
    const answer = await callPrompts(stack, asked, { token });
    expect([answer.status, answer.body?.error.code], asked).toEqual([status, code]);
  }
});
