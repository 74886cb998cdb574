/** A/B tests through the real gateway: steps are in force at once, and results tell what was served. */
import { beforeEach, describe, expect, it } from "vitest";
import { analyzePhase } from "../supabase/functions/_shared/core/ab/analyze-test.ts";
import { type AbTeam, intended, makeAbTeam } from "./support/ab-team.ts";
import { eventually } from "./support/eventually.ts";
import { recordRequests } from "./support/record-requests.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack();
let team: AbTeam;
beforeEach(async () => {
  team = await makeAbTeam(stack);
});

describe("every request that begins after a step was acknowledged", () => {
  it("gets a variant once the test runs, and the active version once it is paused or completed", async () => {
    const test_id = await team.draft();
    for (let round = 0; round < 5; round++) {
      await team.rpc("start_ab_test", { test_id });
      expect(
        (await Promise.all(Array.from({ length: 8 }, () => team.ask()))).every(
          ({ test }) => test === test_id,
        ),
      ).toBe(true);
      await team.rpc("pause_ab_test", { test_id });
      for (const served of await Promise.all(Array.from({ length: 8 }, () => team.ask()))) {
        expect(served).toMatchObject({ version: "1", variant: null, test: null });
      }
    }
    await team.rpc("start_ab_test", { test_id });
    await team.rpc("complete_ab_test", { test_id });
    expect(await team.ask()).toMatchObject({ version: "1", variant: null });
  });

  it("gets the winner once it is promoted", async () => {
    const test_id = await team.start();
    await team.rpc("promote_variant", { test_id, variant: "C" });
    for (let i = 0; i < 6; i++) expect(await team.ask()).toMatchObject({ version: "3", variant: null });
  });

  it("is split by the new weights once they are set", async () => {
    const test_id = await team.start();
    await team.rpc("set_ab_weights", { test_id, weights: [1000, 9000, 0] });
    const served = await Promise.all(Array.from({ length: 20 }, () => team.ask()));
    for (const { variant, requestId } of served) {
      expect(variant).toBe(intended(test_id, requestId, { A: 1000, B: 9000, C: 0 }));
    }
  });
});

describe("the report", () => {
  it("shows a request, and says so to open dashboards, within two seconds", async () => {
    const test_id = await team.start();
    const { client, organizationId, accessToken } = team.person;
    await client.realtime.setAuth(accessToken);
    const measured = new Promise<unknown>((resolve) => {
      const channel = client.channel(`org:${organizationId}`, { config: { private: true } });
      channel.on("broadcast", { event: "test.measured" }, ({ payload }) => resolve(payload));
      channel.subscribe(async (status) => {
        if (status === "SUBSCRIBED") await team.ask();
      });
    });
    const payload = await measured;
    expect(payload).toMatchObject({ test_id, template_id: team.templateId });

    // The quickest of a few: a machine that is busy with other tests is not what is measured.
    let quickest = Number.POSITIVE_INFINITY;
    for (let asked = 2; asked <= 11 && quickest >= 2_000; asked++) {
      const begun = performance.now();
      await team.ask();
      await eventually(async () => {
        const rows = await team.report(test_id);
        expect(rows.reduce((sum, row) => sum + row.n, 0)).toBe(asked);
      });
      quickest = Math.min(quickest, performance.now() - begun);
    }
    expect(quickest).toBeLessThan(2_000);
    await client.removeAllChannels();
  });

  it("counts feedback in the phase that served the request, also when a new one has begun since", async () => {
    const test_id = await team.start();
    const first = await team.ask();
    await team.logged(first.requestId);
    await team.rpc("set_ab_weights", { test_id, weights: [4000, 3000, 3000] });
    // Until the new phase has counted that variant too, in the same hour.
    let again = await team.ask();
    while (again.variant !== first.variant) again = await team.ask();
    await team.logged(again.requestId);
    const rated = await team.post("/feedback", { request_id: first.requestId, score: 1 });
    expect(rated.status).toBe(200);
    const rows = await team.rpc<{ phase: number; variant: string; quality_n: number }[]>("ab_test_report", {
      test_id,
    });
    const of = (phase: number) => rows.find((row) => row.phase === phase && row.variant === first.variant);
    expect([of(1)?.quality_n, of(2)?.quality_n]).toEqual([1, 0]);
  });

  it("counts what was served, also when it is not what was meant, and then concludes nothing", async () => {
    const test_id = await team.start();
    // A gateway gone wrong: whatever is meant, it serves C. Its receipts say so.
    const units = await recordRequests(team, test_id, Array(300).fill({ variant: "C", version: 3 }));
    const rows = await team.report(test_id);
    expect(rows.map(({ variant, n }) => [variant, n])).toEqual([
      ["A", 0],
      ["B", 0],
      ["C", 300],
    ]);
    expect(units.filter((unit) => intended(test_id, unit) === "C").length).toBeLessThan(200);
    const analysis = analyzePhase(rows, {
      assign_by: "request",
      primary_metric: "quality",
      minimum_detectable_effect: 0.05,
      planned_units: null,
    });
    expect(analysis.splitIsWrong).toBe(true);
    expect(analysis.variants[0]?.comparisons[0]?.verdict.kind).toBe("blocked");
  });
});

it("a variant that fails is stopped by its guardrail, and its requests get the active version", async () => {
  const failing = await team.save("Fails.", {
    config: { model: stack.provider.modelThat({ failure: "status_500" }) },
  });
  const variants = [
    { version: 1, weight: 5000 },
    { version: failing, weight: 5000 },
  ];
  const { id } = await team.rpc("create_ab_test", {
    template_id: team.templateId,
    name: "one fails",
    variants,
    guardrails: [{ metric: "error_rate", limit: 0.2, min_count: 20 }],
  });
  await team.rpc("start_ab_test", { test_id: id });
  await eventually(async () => {
    await Promise.all(Array.from({ length: 10 }, () => team.ask()));
    const { data } = await team.person.client
      .from("ab_tests")
      .select("state, stop_reason")
      .eq("id", id)
      .single();
    expect(data).toEqual({ state: "paused", stop_reason: "A guardrail stopped B." });
  }, 50);
  for (let i = 0; i < 6; i++)
    expect(await team.ask()).toMatchObject({ status: 200, version: "1", variant: null });
});
