import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { exchange, sentJson } from "./testing/exchange.ts";
import { makeTeam, type Team } from "./testing/team.ts";

const stack = useStack();
const tone = `tone-${randomUUID().slice(0, 8)}`;
let team: Team;
let toneId: string;
beforeAll(async () => {
  team = await makeTeam(stack);
  toneId = await saveTone(team, "Be {{ mood }}.");
});

async function saveTone({ person }: Team, content: string, template_id?: string): Promise<string> {
  const made = await person.client
    .rpc("create_template", { organization_id: person.organizationId, name: tone })
    .single<{ id: string }>();
  const id = template_id ?? made.data!.id;
  const saved = await person.client.rpc("save_version", {
    template_id: id,
    messages: [{ role: "system", content }],
  });
  if (saved.error) throw new Error(saved.error.message);
  return id;
}

const request = (version: number, variables: object) => (mark: string) => ({
  model: `nemo/${team.name}@v${version}`,
  messages: [{ role: "user", content: mark }],
  nemo_prompt_variables: variables,
});

it("an include is served as it was pinned, though the included template has a newer active version", async () => {
  const version = await team.save(`{% include "${tone}" %} Go.`);
  await saveTone(team, "Be rude.", toneId);
  await team.sql`
    select nemo.record_lint_report(template_id, version, content_hash, 0) from nemo.prompt_versions where template_id = ${toneId}`;
  const active = await team.person.client.rpc("activate_version", { template_id: toneId, version: 2 });
  expect(active.error).toBeNull();
  const sent = await sentJson(team, request(version, { mood: "kind" }));
  expect(sent.messages).toMatchObject([{ role: "system", content: "Be kind. Go." }, { role: "user" }]);
  const newer = await team.save(`{% include "${tone}" %} Go on. {% include "${tone}@v1" %}`);
  const after = await sentJson(team, request(newer, { mood: "quick" }));
  expect(after.messages).toMatchObject([{ content: "Be rude. Go on. Be quick." }, { role: "user" }]);
});

it("a variable that only an included template needs is one the caller must give", async () => {
  const version = await team.save(`{% include "${tone}@v1" %}`);
  const { status, answer, sent } = await exchange(team, request(version, {}));
  expect([status, answer.error?.code, sent]).toEqual([422, "prompt_variables_missing", null]);
  expect(answer.error?.message).toContain("mood");
});

it("another organization's template of that name is never used; the refusal says where", async () => {
  const other = await makeTeam(stack);
  const version = await other.save(`First line.\n{% include "${tone}" %}`);
  const { status, answer, sent } = await exchange(other, (mark) => ({
    model: `nemo/${other.name}@v${version}`,
    messages: [{ role: "user", content: mark }],
  }));
  expect([status, answer.error?.code, sent]).toEqual([422, "prompt_render_failed", null]);
  expect(answer.error?.message).toContain("template_not_found at line 2, column 12");
  const id = await saveTone(other, "{{ 1 / 0 }}");
  const broken = await other.save(`First line.\n{% include "${tone}" %}`);
  const dry = await other.post(`/prompts/${other.templateId}/render`, { nemo_prompt_version: broken });
  expect(JSON.parse(await dry.text()).error.message).toContain(
    `at line 1, column 6 of "${tone}", included at line 2, column 12`,
  );
  await saveTone(other, "Ours.", id);
  const own = await other.save(`First line.\n{% include "${tone}" %}`);
  const rendered = await other.post(`/prompts/${other.templateId}/render`, { nemo_prompt_version: own });
  expect(await rendered.text()).toContain("First line.\\nOurs.");
});
