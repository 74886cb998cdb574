import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { makeTeam } from "./testing/team.ts";

const ACTIVATIONS = 25;
const CALLERS = 8;

// `npm run bench gateway` does the same with 10 000 requests.
it("of requests that race activations, none that began after one was acknowledged is served an older version", async () => {
  const team = await makeTeam(useStack(), "Version 1.");
  for (let version = 2; version <= ACTIVATIONS + 1; version++) await team.save(`Version ${version}.`);
  let acknowledged = 1;
  let racing = true;
  let answered = 0;
  const stale: [served: number, acknowledged: number][] = [];
  const seen = new Set<number>();
  const call = async () => {
    while (racing) {
      const known = acknowledged;
      const { status, headers } = await team.post(`/prompts/${team.name}/render`, {});
      expect(status).toBe(200);
      const served = Number(headers.get("x-nemo-version"));
      seen.add(served);
      answered += 1;
      if (served < known) stale.push([served, known]);
    }
  };
  const callers = Array.from({ length: CALLERS }, call);
  for (let version = 2; version <= ACTIVATIONS + 1; version++) {
    await team.activate(version);
    acknowledged = version;
    // One answer more than can have been under way: its request began after the version was acknowledged.
    for (const enough = answered + CALLERS + 1; answered < enough; ) await pause(1);
  }
  racing = false;
  await Promise.all(callers);
  expect(stale).toEqual([]);
  // They raced: requests saw every version come.
  expect(seen.size).toBeGreaterThanOrEqual(ACTIVATIONS);
});
