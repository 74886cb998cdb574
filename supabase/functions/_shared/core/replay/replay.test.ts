import { describe, expect, test } from "vitest";
import { ASSUMED_COMPLETION_TOKENS, estimateReplay } from "./estimate-replay.ts";
import { type AskVersion, type ReplayCase, runReplay } from "./run-replay.ts";

describe("the cost that is shown before a replay runs", () => {
  const price = { input_nanousd_per_mtok: 150_000_000, output_nanousd_per_mtok: 600_000_000 };

  test("is prompts as counted and answers as long as they were", () => {
    // 1 000 · $0.15 / M + 200 · $0.60 / M = $0.00027.
    expect(
      estimateReplay([{ promptTokens: 1000, completionTokens: 200, price, fromCredit: true }]).nanousd,
    ).toBe(270_000);
  });

  test("says how much of it comes out of credit, and leaves out what a provider of one's own bills", () => {
    const one = { promptTokens: 1000, completionTokens: 200 };
    const planned = [
      { ...one, price, fromCredit: true },
      { ...one, price, fromCredit: false },
      { ...one, price: null, fromCredit: true },
    ];
    expect(estimateReplay(planned).fromCreditNanousd).toBe(270_000);
    expect(estimateReplay(planned.slice(0, 2)).nanousd).toBe(540_000);
  });

  test("takes answers of unknown length for average ones", () => {
    const planned = [100, 300, null].map((completionTokens) => ({
      promptTokens: 0,
      completionTokens,
      price,
      fromCredit: true,
    }));
    expect(estimateReplay(planned).completionTokens).toBe(600);
    expect(estimateReplay(planned.slice(2)).completionTokens).toBe(ASSUMED_COMPLETION_TOKENS);
    expect(estimateReplay(planned.slice(2), 80).completionTokens).toBe(80);
  });

  test("is unknown when one price is unknown, not what the others cost", () => {
    const planned = [price, null].map((each) => ({
      promptTokens: 10,
      completionTokens: 10,
      price: each,
      fromCredit: true,
    }));
    expect(estimateReplay(planned)).toMatchObject({ requests: 2, promptTokens: 20, nanousd: null });
  });
});

describe("a replay", () => {
  const cases: ReplayCase[] = ["one", "two", "three", "four"].map((name) => ({
    id: name,
    name,
    variables: { name },
    messages: [],
  }));
  const answer = (text: string) => ({ ok: true, text, latencyMs: 1, requestId: "r", tokens: 3 }) as const;
  const ask: AskVersion = async ({ name }, version) => answer(`${name} says ${version === 1 ? "yes" : "no"}`);

  test("answers a row per case, in order, with what differs", async () => {
    const results = await runReplay({ cases, versions: [1, 2], ask });
    expect(results.map((result) => result.case.id)).toEqual(["one", "two", "three", "four"]);
    expect(results[0]?.diff).toEqual([
      { kind: "same", text: "one says " },
      { kind: "first", text: "yes" },
      { kind: "second", text: "no" },
    ]);
  });

  test("goes on when a case fails, and says so in its row", async () => {
    const failing: AskVersion = async (each, version, signal) => {
      if (each.id === "two") throw new Error("no connection");
      return ask(each, version, signal);
    };
    const results = await runReplay({ cases, versions: [1, 2], ask: failing });
    expect(results[1]).toMatchObject({
      answers: [{ ok: false, error: "Error: no connection" }, { ok: false }],
      diff: null,
    });
    expect(results.filter((result) => result.diff !== null)).toHaveLength(3);
  });

  test("has no more cases under way than it may", async () => {
    let under = 0;
    let most = 0;
    const counting: AskVersion = async (each, version, signal) => {
      most = Math.max(most, ++under);
      await Promise.resolve();
      under--;
      return ask(each, version, signal);
    };
    await runReplay({ cases, versions: [1], ask: counting, concurrency: 2 });
    expect(most).toBe(2);
  });

  test("stops when it is told to, and keeps the rows that are complete", async () => {
    const stop = new AbortController();
    const asked: string[] = [];
    const results = await runReplay({
      cases,
      versions: [1],
      concurrency: 1,
      signal: stop.signal,
      ask: async (each, version, signal) => {
        asked.push(each.id);
        return ask(each, version, signal);
      },
      onResult: ({ case: done }) => done.id === "two" && stop.abort(),
    });
    expect(results.map((result) => result.case.id)).toEqual(["one", "two"]);
    expect(asked).toEqual(["one", "two"]);
  });
});
