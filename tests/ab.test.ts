/**
 * A/B tests through the real gateway: the variant that is served is the one anybody can compute, steps are in
 * force at once, and results tell what was served.
 */
import { createHash, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ReportRow } from "../supabase/functions/_shared/core/ab/analysis-types.ts";
import { analyzePhase } from "../supabase/functions/_shared/core/ab/analyze-test.ts";
import { makeTeam, type Team } from "../supabase/functions/gateway/testing/team.ts";
import { recordRequests } from "./support/record-requests.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack();
const WEIGHTS = { A: 3333, B: 3333, C: 3334 };
let team: Team;

beforeEach(async () => {
  team = await makeTeam(stack, "Version 1.");
  await team.save("Version 2.");
  await team.save("Version 3.");
});

async function rpc<T = { id: string; state: string }>(name: string, args: object): Promise<T> {
  const { data, error } = await team.person.client.rpc(name, args);
  if (error) throw new Error(`${name}: ${error.code} ${error.message}`);
  return data as T;
}

async function draft(more: object = {}): Promise<string> {
  const variants = Object.values(WEIGHTS).map((weight, i) => ({ version: i + 1, weight }));
  return (
    await rpc("create_ab_test", { template_id: team.templateId, name: "three ways", variants, ...more })
  ).id;
}

async function start(more: object = {}): Promise<string> {
  const test_id = await draft(more);
  await rpc("start_ab_test", { test_id });
  return test_id;
}

/** The variant computed from the published definition, with exact integers and none of our code. */
function intended(testId: string, unit: string, weights: Record<string, number> = WEIGHTS): string {
  const hash = createHash("sha256").update(`${testId}:${unit}`).digest();
  let cumulative = 0n;
  for (const [letter, weight] of Object.entries(weights)) {
    cumulative += BigInt(weight);
    if (hash.readBigUInt64BE() * 10_000n < cumulative * 2n ** 64n) return letter;
  }
  throw new Error("the weights do not cover everything");
}

async function ask(fields: object = {}, headers: Record<string, string> = {}) {
  const body = { model: `nemo/${team.name}`, messages: [{ role: "user", content: "Hello" }], ...fields };
  const response = await team.post("/chat/completions", body, headers);
  await response.arrayBuffer();
  const header = (name: string) => response.headers.get(`x-nemo-${name}`);
  return {
    status: response.status,
    variant: header("variant"),
    version: header("version"),
    test: header("test-id"),
    requestId: header("request-id") as string,
  };
}

const report = (test_id: string) => rpc<(ReportRow & { errors: number })[]>("ab_test_report", { test_id });

describe("assignment", () => {
  it("gives every request id the variant anybody can compute, again and again, and serves that version", async () => {
    const test = await start();
    const ids = Array.from({ length: 40 }, () => randomUUID());
    const seen = new Set<string>();
    for (const id of [...ids, ...ids]) {
      const served = await ask({}, { "x-request-id": id });
      const letter = intended(test, id);
      expect(served).toMatchObject({
        status: 200,
        variant: letter,
        version: String("ABC".indexOf(letter) + 1),
        test,
      });
      seen.add(letter);
    }
    expect(seen.size).toBe(3);
  });

  it("keeps a subject's variant whatever its requests are called, and falls back to the request id", async () => {
    const test = await start({ assign_by: "subject" });
    for (const subject of ["user-1", "user-2", "user-3"]) {
      for (let i = 0; i < 4; i++) {
        const served = await ask({ nemo_prompt_subject: subject }, { "x-request-id": randomUUID() });
        expect(served.variant).toBe(intended(test, subject));
      }
    }
    const id = randomUUID();
    expect((await ask({}, { "x-request-id": id })).variant).toBe(intended(test, id));
  });

  it("takes the gateway's own id when the client names nothing", async () => {
    const test = await start();
    for (let i = 0; i < 10; i++) {
      const served = await ask();
      expect(served.variant).toBe(intended(test, served.requestId));
    }
  });

  it("leaves pinned requests out of the test", async () => {
    await start();
    for (let i = 0; i < 6; i++) {
      const served = await ask({ nemo_prompt_version: 2 });
      expect(served).toMatchObject({ version: "2", variant: null, test: null });
    }
  });
});

describe("every request that begins after a step was acknowledged", () => {
  it("gets a variant once the test runs, and the active version once it is paused or completed", async () => {
    const test_id = await draft();
    for (let round = 0; round < 5; round++) {
      await rpc("start_ab_test", { test_id });
      expect(
        (await Promise.all(Array.from({ length: 8 }, () => ask()))).every(({ test }) => test === test_id),
      ).toBe(true);
      await rpc("pause_ab_test", { test_id });
      for (const served of await Promise.all(Array.from({ length: 8 }, () => ask()))) {
        expect(served).toMatchObject({ version: "1", variant: null, test: null });
      }
    }
    await rpc("start_ab_test", { test_id });
    await rpc("complete_ab_test", { test_id });
    expect(await ask()).toMatchObject({ version: "1", variant: null });
  });

  it("gets the winner once it is promoted", async () => {
    const test_id = await start();
    await rpc("promote_variant", { test_id, variant: "C" });
    for (let i = 0; i < 6; i++) expect(await ask()).toMatchObject({ version: "3", variant: null });
  });

  it("is split by the new weights once they are set", async () => {
    const test_id = await start();
    await rpc("set_ab_weights", { test_id, weights: [1000, 9000, 0] });
    const served = await Promise.all(Array.from({ length: 20 }, () => ask()));
    for (const { variant, requestId } of served) {
      expect(variant).toBe(intended(test_id, requestId, { A: 1000, B: 9000, C: 0 }));
    }
  });
});

describe("the report", () => {
  it("shows a request, and says so to open dashboards, within two seconds", async () => {
    const test_id = await start();
    const { client, organizationId, accessToken } = team.person;
    await client.realtime.setAuth(accessToken);
    const measured = new Promise<unknown>((resolve) => {
      const channel = client.channel(`org:${organizationId}`, { config: { private: true } });
      channel.on("broadcast", { event: "test.measured" }, ({ payload }) => resolve(payload));
      channel.subscribe(async (status) => {
        if (status === "SUBSCRIBED") await ask();
      });
    });
    const payload = await measured;
    expect(payload).toMatchObject({ test_id, template_id: team.templateId });

    const begun = performance.now();
    await ask();
    await vi.waitFor(
      async () => {
        const rows = await report(test_id);
        expect(rows.reduce((sum, row) => sum + row.n, 0)).toBe(2);
      },
      { timeout: 2_000, interval: 20 },
    );
    expect(performance.now() - begun).toBeLessThan(2_000);
    await client.removeAllChannels();
  });

  it("counts feedback in the phase that served the request, also when a new one has begun since", async () => {
    const test_id = await start();
    const first = await ask();
    await team.logged(first.requestId);
    await rpc("set_ab_weights", { test_id, weights: [4000, 3000, 3000] });
    // Until the new phase has counted that variant too, in the same hour.
    let again = await ask();
    while (again.variant !== first.variant) again = await ask();
    await team.logged(again.requestId);
    const rated = await team.post("/feedback", { request_id: first.requestId, score: 1 });
    expect(rated.status).toBe(200);
    const rows = await rpc<{ phase: number; variant: string; quality_n: number }[]>("ab_test_report", {
      test_id,
    });
    const of = (phase: number) => rows.find((row) => row.phase === phase && row.variant === first.variant);
    expect([of(1)?.quality_n, of(2)?.quality_n]).toEqual([1, 0]);
  });

  it("counts what was served, also when it is not what was meant, and then concludes nothing", async () => {
    const test_id = await start();
    // A gateway gone wrong: whatever is meant, it serves C. Its receipts say so.
    const units = await recordRequests(team, test_id, Array(300).fill({ variant: "C", version: 3 }));
    const rows = await report(test_id);
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
  const { id } = await rpc("create_ab_test", {
    template_id: team.templateId,
    name: "one fails",
    variants,
    guardrails: [{ metric: "error_rate", limit: 0.2, min_count: 20 }],
  });
  await rpc("start_ab_test", { test_id: id });
  await vi.waitFor(
    async () => {
      await Promise.all(Array.from({ length: 10 }, () => ask()));
      const { data } = await team.person.client
        .from("ab_tests")
        .select("state, stop_reason")
        .eq("id", id)
        .single();
      expect(data).toEqual({ state: "paused", stop_reason: "A guardrail stopped B." });
    },
    { timeout: 20_000, interval: 50 },
  );
  for (let i = 0; i < 6; i++) expect(await ask()).toMatchObject({ status: 200, version: "1", variant: null });
});
