/** Connections to providers, as a provider sees them that does not keep to good manners. */
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { type OwnGateway, startOwnGateway } from "./testing/own-gateway.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
let gateway: OwnGateway;
const servers: Server[] = [];
/** What arrived at the provider, with the number of its connection. */
const received: { connection: number; head: string; body: string }[] = [];

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return (server.address() as AddressInfo).port;
}

/** Answers on connections that it keeps, and closes the connection without a word when "say nothing" is asked. */
function rudeProvider(): Server {
  let connections = 0;
  return createServer((socket) => {
    const connection = ++connections;
    let waiting = "";
    socket.on("error", () => {});
    socket.on("data", (data) => {
      waiting += data;
      const end = waiting.indexOf("\r\n\r\n");
      const head = waiting.slice(0, end);
      const body = waiting.slice(end + 4);
      if (end < 0 || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)) return;
      waiting = "";
      received.push({ connection, head, body });
      if (body.includes("say nothing")) return socket.destroy();
      const answer = JSON.stringify({
        choices: [{ message: { role: "assistant", content: "Yes." } }],
        usage: { prompt_tokens: 1, completion_tokens: 1 },
      });
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`,
      );
    });
  });
}

/** Sends everybody on to an address inside, in each of the ways that keep a POST a POST or do not. */
let redirect = 307;
const redirecting = (to: string) =>
  createHttpServer((request, response) => {
    request.resume();
    response.writeHead(redirect, { location: to }).end();
  });

beforeAll(async () => {
  team = await makeTeam(stack, "Hello.");
  const rude = await listen(rudeProvider());
  const astray = await listen(redirecting(`${stack.fakeProviderUrl}/chat/completions`));
  gateway = await startOwnGateway(stack, {
    NEMO_UPSTREAM_URL: `http://127.0.0.1:${rude}/v1`,
    NEMO_ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${astray},127.0.0.1:${rude}`,
  });
  await team.sql`
    insert into nemo.provider_connections (organization_id, name, base_url)
    values (${team.person.organizationId}, 'astray', ${`http://127.0.0.1:${astray}/v1`}),
      (${team.person.organizationId}, 'acme', ${`http://127.0.0.1:${rude}/v1`})`;
});
afterAll(async () => {
  await gateway?.process.stop();
  for (const server of servers) server.close();
});

const ask = (content: string, model = "gpt-4o") =>
  gateway.post(team.key, "/chat/completions", { model, messages: [{ role: "user", content }] });
const askWithKey = (asking: Team, content: string, model = "gpt-4o") =>
  gateway.post(
    asking.key,
    "/chat/completions",
    { model, messages: [{ role: "user", content }] },
    {
      headers: {
        authorization: `Bearer ${asking.key}`,
        "content-type": "application/json",
        "idempotency-key": "mine",
      },
    },
  );
const keyOf = (head: string) => /idempotency-key: (\S+)/i.exec(head)?.[1];

it("a provider that closes a kept connection without an answer is told by its key that a repetition is one, and nothing is charged", async () => {
  expect((await ask(marker())).status).toBe(200);
  const kept = received.at(-1)?.connection;
  const text = `say nothing ${marker()}`;
  const response = await ask(text);
  expect([response.status, await response.json()]).toMatchObject([
    502,
    { error: { code: "upstream_unreachable" } },
  ]);
  const id = response.headers.get("x-nemo-request-id") as string;
  const arrived = received.filter(({ body }) => body.includes(text));
  expect(arrived[0]?.connection).toBe(kept);
  // The runtime's doing, not the gateway's: once at most.
  expect(arrived.length).toBeLessThanOrEqual(2);
  expect(new Set(arrived.map(({ head }) => keyOf(head)))).toEqual(new Set([id]));
  expect(await team.logged(id)).toMatchObject({
    status: 502,
    error_code: "upstream_unreachable",
    cost_nanousd: "0",
  });
  expect(await team.sql`select from nemo.credit_ledger where request_id = ${id}`).toHaveLength(0);
});

it("each request has a key of its own, and the client's stands for it", async () => {
  const text = marker();
  for (let n = 0; n < 2; n++) await ask(text);
  await askWithKey(team, text, "acme/gpt-4o");
  const keys = received.filter(({ body }) => body.includes(text)).map(({ head }) => keyOf(head));
  expect([new Set(keys).size, keys.at(-1)]).toEqual([3, "mine"]);
});

it("the same key of two organizations is two at the platform's provider, which knows them by one account", async () => {
  const text = marker();
  const others = await makeTeam(stack, "Hello.");
  for (const asking of [team, team, others]) await askWithKey(asking, text);
  const keys = received.filter(({ body }) => body.includes(text)).map(({ head }) => keyOf(head));
  expect([keys[0] === keys[1], keys[0] === keys[2], keys.includes("mine")]).toEqual([true, false, false]);
});

it("an own provider that redirects to an address inside is not followed, whichever way it redirects", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    redirect = status;
    const text = marker();
    const response = await ask(text, "astray/gpt-4o");
    expect([response.status, await response.json()]).toMatchObject([
      502,
      { error: { code: "upstream_unreachable" } },
    ]);
    expect(await stack.provider.requests(text)).toEqual([]);
    expect(await team.logged(response.headers.get("x-nemo-request-id") as string)).toMatchObject({
      provider: "astray",
      cost_nanousd: "0",
    });
  }
});
