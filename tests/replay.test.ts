/** Two versions side by side over saved examples, through the real gateway. */
import { expect, it } from "vitest";
import { askVersion } from "../supabase/functions/_shared/core/replay/ask-version.ts";
import { runReplay } from "../supabase/functions/_shared/core/replay/run-replay.ts";
import { makeTeam } from "../supabase/functions/gateway/testing/team.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack();

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
    ask: askVersion({
      templateId: team.templateId,
      post: (body, signal) =>
        fetch(`${stack.url}/functions/v1/prompts/playground`, {
          method: "POST",
          headers: { authorization: `Bearer ${team.person.accessToken}`, "content-type": "application/json" },
          body: JSON.stringify(body),
          signal,
        }),
      now: () => performance.now(),
    }),
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
