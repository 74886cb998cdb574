/** A provider that falls silent, and a gateway that dies. */
import { describe, expect, it } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { idOf, useFaultyGateway, userSays } from "./testing/faulty-gateway.ts";
import { startOwnGateway } from "./testing/own-gateway.ts";

const stack = useStack();
const faulty = useFaultyGateway(stack, { NEMO_UPSTREAM_TIMEOUT_MS: "4000" });

describe("a provider that falls silent", () => {
  it("before its answer is 504 upstream_timeout and costs nothing", async () => {
    const text = faulty.marker();
    const response = await faulty.ask({ failure: "hang" }, text);
    expect([response.status, await response.json()]).toMatchObject([
      504,
      { error: { code: "upstream_timeout" } },
    ]);
    expect(await faulty.settled(response, text)).toMatchObject({
      status: 504,
      error_code: "upstream_timeout",
      cost_nanousd: "0",
    });
    await eventually(async () => expect((await stack.provider.requests(text))[0]?.aborted).toBe(true));
  });

  it("in the middle of a stream ends it with an error event, and what was used is charged", async () => {
    const text = faulty.marker();
    const response = await faulty.ask({ failure: "hang_mid_stream", failAfterChunks: 3 }, text, true);
    expect(await response.text()).toMatch(/data: \{"error":.*upstream_aborted.*\}\n\n$/);
    const row = await faulty.settled(response, text);
    expect(row).toMatchObject({ status: 200, error_code: "upstream_aborted", usage_estimated: true });
    expect(row.prompt_tokens).toBeGreaterThan(0);
  });
});

it("a process that is killed in the middle of a stream leaves a request that is logged and charged once", async () => {
  const doomed = await startOwnGateway(stack);
  const text = faulty.marker();
  const response = await doomed.post(faulty.team.key, "/chat/completions", {
    model: stack.provider.modelThat({ chunks: 500, chunkDelayMs: 20 }),
    messages: userSays(text),
    stream: true,
  });
  const reader = response.body?.getReader();
  await reader?.read();
  process.kill(doomed.process.pid, "SIGKILL");
  await expect(
    (async () => {
      while (!(await reader?.read())?.done);
    })(),
  ).rejects.toThrow();
  await doomed.process.ended;
  const id = idOf(response);
  // A lease lasts half a minute; here the half minute is over at once.
  await faulty.team
    .sql`update nemo_private.in_flight set lease_until = now() - interval '1 second' where request_id = ${id}`;
  await Promise.all([0, 1].map(() => faulty.team.sql`select nemo_private.gateway_maintain()`));
  const row = await faulty.settled(response, text);
  expect(row).toMatchObject({ status: 500, error_code: "gateway_interrupted", usage_estimated: true });
  expect(row.prompt_tokens).toBeGreaterThan(0);
  await faulty.team.sql`select nemo_private.gateway_maintain()`;
  await faulty.settled(response, text);
});

it("whatever went wrong, neither its output nor the log of Postgres names a text, a key or a secret", () =>
  faulty.expectDiscretion());
