/** Content that the log cannot hold. */
import { expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { useFaultyGateway, userSays } from "./testing/faulty-gateway.ts";

const stack = useStack();
const faulty = useFaultyGateway(stack);

it("content that the database cannot hold is left out of the log, and the request is charged all the same", async () => {
  const { person, sql } = faulty.team;
  await person.client.rpc("set_data_policy", { organization_id: person.organizationId, policy: "full" });
  const version = await faulty.team.save("{{ deep is defined }}{{ text }}", { contract: {} });
  const half = faulty.marker();
  const broken = await faulty.gateway.post(faulty.team.key, "/chat/completions", {
    model: `nemo/${faulty.team.name}@v${version}`,
    messages: userSays(half),
    nemo_prompt_subject: "half \ud800",
    nemo_prompt_variables: { text: "a \udfff b \u0000", deep: 1 },
  });
  expect(broken.status).toBe(200);
  expect((await faulty.settled(broken, half)).variables).toEqual({ text: "a \ufffd b \ufffd", deep: 1 });
  const text = faulty.marker();
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const body = `{"model":"nemo/${faulty.team.name}@v${version}","messages":${JSON.stringify(userSays(text))},"nemo_prompt_variables":{"text":"t","deep":${deep}}}`;
  const response = await faulty.gateway.post(faulty.team.key, "/chat/completions", null, { body });
  if (response.status === 200) {
    expect(await faulty.settled(response, text)).toMatchObject({ status: 200, variables: null });
  } else {
    // Or the engine's own bound on nesting refuses it before it costs anything.
    expect([response.status, await stack.provider.requests(text)]).toEqual([422, []]);
  }
  await sql`update nemo.organizations set data_policy = 'metadata' where id = ${person.organizationId}`;
});

it("a client's messages that are too large to be kept are left out of the log, and the request is charged all the same", async () => {
  const { person, sql } = faulty.team;
  await person.client.rpc("set_data_policy", { organization_id: person.organizationId, policy: "full" });
  const version = await faulty.team.save("fixed", { contract: {} });
  const text = faulty.marker();
  // A small body, of which jsonb makes more than eight megabytes.
  const many = { role: "user", content: "and", extra: Array.from({ length: 1_000_000 }, () => 1) };
  const response = await faulty.gateway.post(faulty.team.key, "/chat/completions", {
    model: `nemo/${faulty.team.name}@v${version}`,
    messages: [...userSays(text), many],
  });
  expect(response.status).toBe(200);
  expect(await faulty.settled(response, text)).toMatchObject({ status: 200, client_messages: null });
  await sql`update nemo.organizations set data_policy = 'metadata' where id = ${person.organizationId}`;
});

it("whatever went wrong, neither its output nor the log of Postgres names a text, a key or a secret", () =>
  faulty.expectDiscretion());
