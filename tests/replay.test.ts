/** Two versions side by side over saved examples, through the real gateway. */
import { expect, it } from "vitest";
import { askVersion } from "../supabase/functions/_shared/core/replay/ask-version.ts";
import { caseOfLog, type LoggedRequest } from "../supabase/functions/_shared/core/replay/logged-cases.ts";
import { runReplay } from "../supabase/functions/_shared/core/replay/run-replay.ts";
import { parseJson } from "../supabase/functions/_shared/core/template/parse-json.ts";
import { writeJson } from "../supabase/functions/_shared/core/template/write-json.ts";
import { makeTeam, type Team } from "../supabase/functions/gateway/testing/team.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack();

/** Asks through the playground, as the dashboard does. */
const askAs = ({ templateId, person }: Team) =>
  askVersion({
    templateId,
    post: (body, signal) =>
      fetch(`${stack.url}/functions/v1/prompts/playground`, {
        method: "POST",
        headers: { authorization: `Bearer ${person.accessToken}`, "content-type": "application/json" },
        body: writeJson(body),
        signal,
      }),
    now: () => performance.now(),
  });

it("a candidate is tried on saved examples: served as pinned, logged and charged, and in no test", async () => {
  const team = await makeTeam(stack, "You are {{ role }}.", {
    config: { model: stack.provider.modelThat({ content: "alike" }) },
  });
  const candidate = await team.save("Be {{ role }}!", {
    config: { model: stack.provider.modelThat({ content: "different" }) },
  });
  const rpc = (name: string, args: object) => team.person.client.rpc(name, args).throwOnError();
  const variants = [1, candidate].map((version) => ({ version, weight: 5000 }));
  const { data: test } = await rpc("create_ab_test", {
    template_id: team.templateId,
    name: "running",
    variants,
  });
  await rpc("start_ab_test", { test_id: test.id });
  const { data: examples } = await rpc("save_example_set", {
    template_id: team.templateId,
    set_name: "roles",
    examples: [
      { name: "terse", variables: { role: "terse" } },
      { name: "nobody", variables: {} },
    ],
  });
  await rpc("start_replay", {
    template_id: team.templateId,
    versions: [1, candidate],
    source: "examples",
    cases: 2,
  });

  const results = await runReplay({
    cases: (examples as { name: string; variables: Record<string, unknown> }[]).map(
      ({ name, variables }) => ({
        id: name,
        name,
        variables,
        messages: [{ role: "user", content: "Hello" }],
      }),
    ),
    versions: [1, candidate],
    ask: askAs(team),
  });

  expect(results[0]?.diff).toEqual([
    { kind: "first", text: "alike" },
    { kind: "second", text: "different" },
  ]);
  expect(results[1]?.answers).toEqual([
    { ok: false, error: expect.stringContaining("role"), requestId: expect.any(String) },
    { ok: false, error: expect.stringContaining("role"), requestId: expect.any(String) },
  ]);
  const answer = results[0]?.answers[1];
  const row = await team.logged(answer?.ok ? answer.requestId : "");
  expect(row).toMatchObject({ version: candidate, variant: null, test_id: null, status: 200 });
});

it("versions that include another template are tried with what each is pinned to", async () => {
  const team = await makeTeam(stack, "Hello.", {
    config: { model: stack.provider.modelThat({ content: "alike" }) },
  });
  const { client, organizationId } = team.person;
  const made = await client
    .rpc("create_template", { organization_id: organizationId, name: "house" })
    .single<{ id: string }>();
  const say = (content: string) =>
    client
      .rpc("save_version", { template_id: made.data!.id, messages: [{ role: "system", content }] })
      .throwOnError();
  await say("Be {{ mood }}, old house.");
  const text = '{% include "house" %}';
  const first = await team.save(text);
  await say("Be {{ mood }}, new house.");
  const second = await team.save(text);
  const [result] = await runReplay({
    cases: [
      { id: "1", name: "1", variables: { mood: "kind" }, messages: [{ role: "user", content: "Hello" }] },
    ],
    versions: [first, second],
    ask: askAs(team),
  });
  expect(result?.answers.map(({ ok }) => ok)).toEqual([true, true]);
  for (const words of ["Be kind, old house.", "Be kind, new house."])
    expect((await stack.provider.requests(words)).length, words).toBe(1);
});

/** What neither JavaScript's JSON nor jsonb would keep: floats that are whole, long integers, the order of keys. */
const exact = '{"n": 1.0, "id": 12345678901234567890, "o": {"9": 1e3, "10": -0.0}, "zz": 1, "a": 2}';

it("a logged request is asked again with exactly its variables, and so with the same words", async () => {
  const team = await makeTeam(stack, "{{ n }} {{ id }} {{ o }} {{ zz }} {{ a }}");
  const rendered = "1.0 12345678901234567890 {'9': 1000.0, '10': -0.0} 1 2";
  const { client, organizationId } = team.person;
  await client.rpc("set_data_policy", { organization_id: organizationId, policy: "full" }).throwOnError();
  const said = '[{"role": "user", "content": "Hello"}]';
  const response = await team.post(
    "/chat/completions",
    `{"model": "nemo/${team.name}", "messages": ${said}, "nemo_prompt_variables": ${exact}}`,
  );
  expect(await response.text()).toContain("chatcmpl");
  const first = await team.logged(response.headers.get("x-nemo-request-id") as string);
  expect(first.rendered_messages).toEqual([{ role: "system", content: rendered }]);

  const { data: cases } = await client
    .rpc("replay_cases", { template_id: team.templateId })
    .select("request_id, variables::text")
    .throwOnError();
  const kept = cases as unknown as { request_id: string; variables: string }[];
  expect(kept).toEqual([{ request_id: first.request_id, variables: exact }]);
  const { data: row } = await client
    .from("prompt_logs")
    .select("variables::text")
    .eq("request_id", first.request_id)
    .single()
    .throwOnError();
  expect(row).toEqual({ variables: exact });

  const [again] = await runReplay({
    cases: [
      {
        id: "1",
        name: "",
        variables: parseJson(exact) as Record<string, unknown>,
        messages: JSON.parse(said),
      },
    ],
    versions: [1],
    ask: askAs(team),
  });
  const second = await team.logged(again?.answers[0]?.requestId ?? "");
  expect([second.render_hash, second.prompt_tokens]).toEqual([first.render_hash, first.prompt_tokens]);
});

it("saved examples keep their numbers when they are given as text", async () => {
  const team = await makeTeam(stack);
  const { client } = team.person;
  const set = { template_id: team.templateId, set_name: "exact" };
  const save = (variables: unknown) => client.rpc("save_example_set", { ...set, examples: [{ variables }] });
  await save(exact).throwOnError();
  const { data } = await client.from("prompt_examples").select("variables::text").throwOnError();
  expect(data).toEqual([{ variables: exact }]);
  for (const refused of ["not json", "[1]", '"{}"', '{"a": }'])
    expect((await save(refused)).error?.code, refused).toBe("NM208");
});

it("logged requests to /responses are asked again there as they were, but for those that go on from an answer the provider keeps", async () => {
  const team = await makeTeam(stack, "You are {{ role }}.", {
    config: { model: stack.provider.modelThat({ content: "alike" }) },
  });
  const candidate = await team.save("Be {{ role }}!", {
    config: { model: stack.provider.modelThat({ content: "different" }) },
  });
  const { client, organizationId } = team.person;
  const send = async (body: object) => {
    const response = await team.post("/responses", {
      model: `nemo/${team.name}`,
      nemo_prompt_variables: { role: "terse" },
      ...body,
    });
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    await team.logged(response.headers.get("x-nemo-request-id") as string);
  };
  await send({ input: "kept by nobody" });
  await client.rpc("set_data_policy", { organization_id: organizationId, policy: "full" }).throwOnError();
  const items = [
    { role: "user", content: [{ type: "input_text", text: "Where is order 7?" }] },
    { type: "function_call_output", call_id: "call_1", output: "on its way" },
  ];
  await send({ input: "And order 8?", instructions: "Answer in French." });
  await send({ input: items, stream: true });
  await send({ input: "Go on.", previous_response_id: "resp_1" });
  const { data } = await client.rpc("replay_cases", { template_id: team.templateId }).throwOnError();
  const logs = data as LoggedRequest[];
  expect(logs.map(({ endpoint, obstacle }) => [endpoint, obstacle])).toEqual([
    ["responses", "earlier_answer"],
    ["responses", null],
    ["responses", null],
  ]);
  const results = await runReplay({
    cases: logs.filter(({ obstacle }) => obstacle === null).map(caseOfLog),
    versions: [candidate],
    ask: askAs(team),
  });
  expect(results.map(({ case: { name }, answers: [answer] }) => [name, answer?.ok && answer.text])).toEqual([
    ["Where is order 7?", "different"],
    ["And order 8?", "different"],
  ]);
  const sent = (await stack.provider.requests("Be terse!")).map(({ body }) => JSON.parse(body));
  expect(sent).toContainEqual(
    expect.objectContaining({
      instructions: "Be terse!\n\nAnswer in French.",
      input: [{ role: "user", content: "And order 8?" }],
    }),
  );
  expect(sent).toContainEqual(expect.objectContaining({ instructions: "Be terse!", input: items }));
  const [answer] = results[0]!.answers;
  const row = await team.logged(answer?.ok ? answer.requestId : "");
  expect(row).toMatchObject({ endpoint: "responses", version: candidate, variant: null, status: 200 });
});
