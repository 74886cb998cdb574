import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { asPerson, call, leftBy, makeTemplate, saveVersion } from "./testing/recommendations-client.ts";
import { useQueue } from "./testing/use-queue.ts";

const stack = useStack();
useQueue(stack, "with others");

test("a version that includes another is analysed, counted and rewritten with what it includes, and stays pinned", async () => {
  const owner = await stack.signUp();
  const house = `house-${randomUUID().slice(0, 8)}`;
  const made = await owner.client
    .rpc("create_template", { organization_id: owner.organizationId, name: house })
    .single<{ id: string }>();
  const houseId = made.data!.id;
  await saveVersion(owner, houseId, "You are a teller at {{ bank }}. Answer in English.");
  const template_id = await makeTemplate(
    owner,
    `{% include "${house}" %}\nPlease kindly summarise the text below in 3 sentences.`,
  );
  // What is included later does not count: the version was saved with the first.
  await saveVersion(owner, houseId, "Nothing.");

  const asked = await call(stack, "/request", { template_id }, asPerson(owner));
  const ran = await call(stack, "/run", { job_id: asked.body.id }, asPerson(owner));
  expect(ran.body.state).toBe("succeeded");
  const { made: recommendations } = await leftBy(owner, asked.body.id);
  const kinds = recommendations.map(({ kind }) => kind);
  expect(kinds).toContain("filler");
  expect(kinds).not.toContain("missing-role");
  expect(kinds).not.toContain("missing-language");
  const filler = recommendations.find(({ kind }) => kind === "filler")!;
  const { before, counted_on } = filler.predicted_effect.tokens;
  expect([counted_on, before > 20]).toEqual(["rendered samples", true]);

  const accepted = await owner.client.rpc("apply_recommendation", { recommendation_id: filler.id });
  expect(accepted.error).toBeNull();
  const { data } = await owner.client
    .from("prompt_versions")
    .select("messages, pins")
    .eq("template_id", template_id)
    .eq("version", 2)
    .single();
  expect(data!.messages[0].content).toBe(
    `{% include "${house}" %}\nSummarise the text below in 3 sentences.`,
  );
  expect(data!.pins[house]).toEqual({ template_id: houseId, version: 1 });
});
