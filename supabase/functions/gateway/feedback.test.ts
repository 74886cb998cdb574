import { expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { makeTeam, type Team } from "./testing/team.ts";

const stack = useStack();

async function askOnce(team: Team): Promise<string> {
  const response = await team.post("/chat/completions", {
    model: `nemo/${team.name}`,
    messages: [{ role: "user", content: "Hello" }],
    nemo_prompt_variables: { role: "a tester" },
  });
  await response.text();
  expect(response.status).toBe(200);
  return response.headers.get("x-nemo-request-id") as string;
}

it("feedback sets a score and replaces it; foreign and unknown requests are the same 404", async () => {
  const team = await makeTeam(stack);
  const id = await askOnce(team);
  for (const score of [0.25, 1])
    expect((await team.post("/feedback", { request_id: id, score })).status).toBe(200);
  const quality =
    await team.sql`select sum(quality_count)::int as n, sum(quality_sum) as sum from nemo.prompt_rollups where organization_id = ${team.person.organizationId}`;
  expect([...quality]).toEqual([{ n: 1, sum: 1 }]);
  const stranger = await makeTeam(stack);
  const foreign = await stranger.post("/feedback", { request_id: id, score: 1 });
  const unknown = await stranger.post("/feedback", {
    request_id: "01890000-0000-7000-8000-000000000000",
    score: 1,
  });
  expect([foreign.status, await foreign.json()]).toEqual([404, await unknown.json()]);
  expect((await team.post("/feedback", { request_id: id, score: 1.5 })).status).toBe(400);
});

it("a score that comes right after its answer, before the log is written, is kept", async () => {
  const team = await makeTeam(stack);
  const statuses = new Set<number>();
  for (let asked = 0; asked < 20; asked++) {
    const scored = await team.post("/feedback", { request_id: await askOnce(team), score: 1 });
    statuses.add(scored.status);
    await scored.text();
  }
  expect([...statuses]).toEqual([200]);
});

it("a score for a request that nobody is serving is refused at once", async () => {
  const team = await makeTeam(stack);
  const stranger = await makeTeam(stack);
  const foreign = await askOnce(stranger);
  await stranger.logged(foreign);
  // What is younger may be on its way to the log, whosever it is.
  await new Promise((done) => setTimeout(done, 2_100));
  for (const id of [foreign, "01890000-0000-7000-8000-000000000000"]) {
    const times: number[] = [];
    for (let asked = 0; asked < 5; asked++) {
      const began = performance.now();
      const refused = await team.post("/feedback", { request_id: id, score: 1 });
      await refused.text();
      expect(refused.status).toBe(404);
      times.push(performance.now() - began);
    }
    // Waiting for the log takes 750 ms each time; the fastest of five tells, however busy the machine is.
    expect(Math.min(...times)).toBeLessThan(750);
  }
});
