/** The variant that is served is the one anybody can compute, whichever process serves it and whenever. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type OwnGateway, startOwnGateway } from "../supabase/functions/gateway/testing/own-gateway.ts";
import { type AbTeam, bodyFor, intended, makeAbTeam, receiptOf } from "./support/ab-team.ts";
import { useStack } from "./support/stack.ts";

const stack = useStack();
let team: AbTeam;
beforeEach(async () => {
  team = await makeAbTeam(stack);
});

describe("assignment", () => {
  it("gives every request id the variant anybody can compute, again and again, and serves that version", async () => {
    const test = await team.start();
    const ids = Array.from({ length: 40 }, () => randomUUID());
    const seen = new Set<string>();
    for (const id of [...ids, ...ids]) {
      const served = await team.ask({}, { "x-request-id": id });
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
    const test = await team.start({ assign_by: "subject" });
    for (const subject of ["user-1", "user-2", "user-3"]) {
      for (let i = 0; i < 4; i++) {
        const served = await team.ask({ nemo_prompt_subject: subject }, { "x-request-id": randomUUID() });
        expect(served.variant).toBe(intended(test, subject));
      }
    }
    const id = randomUUID();
    expect((await team.ask({}, { "x-request-id": id })).variant).toBe(intended(test, id));
  });

  it("takes the gateway's own id when the client names nothing", async () => {
    const test = await team.start();
    for (let i = 0; i < 10; i++) {
      const served = await team.ask();
      expect(served.variant).toBe(intended(test, served.requestId));
    }
  });

  it("leaves pinned requests out of the test", async () => {
    await team.start();
    for (let i = 0; i < 6; i++) {
      const served = await team.ask({ nemo_prompt_version: 2 });
      expect(served).toMatchObject({ version: "2", variant: null, test: null });
    }
  });
});

it("two gateway processes, and one of them restarted, give the same ids the same variants", async () => {
  const test = await team.start({ assign_by: "subject" });
  const subjects = Array.from({ length: 30 }, (_, i) => `user-${i}`);
  const servedBy = (gateway: OwnGateway) =>
    Promise.all(
      subjects.map(async (nemo_prompt_subject) => {
        const body = bodyFor(team, { nemo_prompt_subject });
        return (await receiptOf(await gateway.post(team.key, "/chat/completions", body))).variant;
      }),
    );
  const expected = subjects.map((subject) => intended(test, subject));
  expect(new Set(expected).size).toBe(3);
  const [one, other] = await Promise.all([startOwnGateway(stack), startOwnGateway(stack)]);
  try {
    expect(one.process.pid).not.toBe(other.process.pid);
    expect(await servedBy(one)).toEqual(expected);
    expect(await servedBy(other)).toEqual(expected);
  } finally {
    await Promise.all([one.process.stop(), other.process.stop()]);
  }
  const restarted = await startOwnGateway(stack);
  try {
    expect(await servedBy(restarted)).toEqual(expected);
  } finally {
    await restarted.process.stop();
  }
});
