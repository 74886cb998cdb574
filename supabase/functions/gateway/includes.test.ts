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

/** Saves a text under a name; the template is made when there is none. */
async function saveNamed({ person }: Team, name: string, content: string): Promise<string> {
  const { client, organizationId } = person;
  const made = await client.rpc("create_template", { organization_id: organizationId, name });
  const found = await client.from("prompt_templates").select("id").eq("name", name).single<{ id: string }>();
  const id = (made.data as { id: string } | null)?.id ?? found.data!.id;
  const saved = await client.rpc("save_version", {
    template_id: id,
    messages: [{ role: "system", content }],
  });
  if (saved.error) throw new Error(saved.error.message);
  return id;
}

const saveTone = (owner: Team, content: string) => saveNamed(owner, tone, content);

const request = (version: number, variables: object) => (mark: string) => ({
  model: `nemo/${team.name}@v${version}`,
  messages: [{ role: "user", content: mark }],
  nemo_prompt_variables: variables,
});

it("an include is served as it was pinned, though the included template has a newer active version", async () => {
  const version = await team.save(`{% include "${tone}" %} Go.`);
  await saveTone(team, "Be rude.");
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
  await saveTone(other, "{{ 1 / 0 }}");
  const broken = await other.save(`First line.\n{% include "${tone}" %}`);
  const dry = await other.post(`/prompts/${other.templateId}/render`, { nemo_prompt_version: broken });
  expect(JSON.parse(await dry.text()).error.message).toContain(
    `at line 1, column 6 of "${tone}", included at line 2, column 12`,
  );
  await saveTone(other, "Ours.");
  const own = await other.save(`First line.\n{% include "${tone}" %}`);
  const rendered = await other.post(`/prompts/${other.templateId}/render`, { nemo_prompt_version: own });
  expect(await rendered.text()).toContain("First line.\\nOurs.");
});

it("a template that extends another is served with its own blocks in the other's text", async () => {
  const base = `base-${randomUUID().slice(0, 8)}`;
  await saveNamed(
    team,
    base,
    "# {{ title }}\n{% block rules %}- Be {{ mood }}.{% endblock %}\n{% block end %}{{ unused }}{% endblock %}End.",
  );
  const text = `{% extends "${base}" %}
{% set title = "Support" %}
{% block rules %}{{ super() }}
- Answer {{ name }}.{% endblock %}
{% block end %}{% endblock %}{{ never }}`;
  const version = await team.save(text);
  const given = { mood: "kind", name: "Ada" };
  const { messages } = await sentJson(team, request(version, given));
  expect(messages).toMatchObject([
    { role: "system", content: "# Support\n- Be kind.\n- Answer Ada.\nEnd." },
    { role: "user" },
  ]);
  const refused = await exchange(team, request(version, { mood: "kind" }));
  expect([refused.status, refused.answer.error?.code]).toEqual([422, "prompt_variables_missing"]);
  expect(refused.answer.error?.message).toContain("name");
  expect(refused.answer.error?.message).not.toMatch(/unused|never|title/);
});

it("macros are served from another template, and what they need of the caller is asked for", async () => {
  const macros = `macros-${randomUUID().slice(0, 8)}`;
  await saveNamed(team, macros, "{% macro greet(name, mark='!') %}Greet {{ name }}{{ mark }}{% endmacro %}");
  const version = await team.save(
    `{% import "${macros}" as m %}{% from "${macros}" import greet %}{{ m.greet(who) }} {{ greet(who, "?") }}`,
  );
  const { messages } = await sentJson(team, request(version, { who: "Ada" }));
  expect(messages).toMatchObject([{ content: "Greet Ada! Greet Ada?" }, { role: "user" }]);
  const { status, answer } = await exchange(team, request(version, {}));
  expect([status, answer.error?.code]).toEqual([422, "prompt_variables_missing"]);
});

it("a deleted template goes on being served where it was included, and comes back to new saves when restored", async () => {
  const going = `going-${randomUUID().slice(0, 8)}`;
  const id = await saveNamed(team, going, "Be brief.");
  const version = await team.save(`{% include "${going}" %}`);
  expect((await team.person.client.rpc("delete_template", { template_id: id })).error).toBeNull();
  const sent = await sentJson(team, request(version, {}));
  expect(sent.messages).toMatchObject([{ content: "Be brief." }, { role: "user" }]);
  const without = await team.save(`{% include "${going}" %} Now.`);
  const { status, answer } = await exchange(team, request(without, {}));
  expect([status, answer.error?.code]).toEqual([422, "prompt_render_failed"]);
  expect((await team.person.client.rpc("restore_template", { template_id: id })).error).toBeNull();
  const again = await team.save(`{% include "${going}" %} Now.`);
  const served = await sentJson(team, request(again, {}));
  expect(served.messages).toMatchObject([{ content: "Be brief. Now." }, { role: "user" }]);
});
