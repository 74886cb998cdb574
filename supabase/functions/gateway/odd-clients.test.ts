/** Requests as no client should write them. */
import { beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { exchange } from "./testing/exchange.ts";
import { makeTeam, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(stack, "Hello.");
});

it("messages nested a hundred thousand deep are the provider's to refuse, not the gateway's to stumble over", async () => {
  const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
  for (const field of ["messages", "tools"]) {
    const { sent, answer } = await exchange(
      team,
      (mark) => `{"model":"fake-gpt","user":"${mark}","messages":[],"${field}":${deep("[", "]")}}`,
    );
    expect(answer.error?.code).not.toBe("internal_error");
    expect(sent).toContain("[[[[");
  }
});

it("a model's name of megabytes is refused before the database is asked what it costs", async () => {
  const { status, answer, sent } = await exchange(team, (mark) => ({
    model: mark.repeat(50_000),
    messages: [],
  }));
  expect([status, answer.error?.code, answer.error?.param, sent]).toEqual([
    400,
    "invalid_request",
    "model",
    null,
  ]);
});

it("a limit that is written twice is sent once, as it was reserved for", async () => {
  const { sent } = await exchange(
    team,
    (mark) =>
      `{"model":"fake-gpt","max_tokens":100000,"messages":[{"role":"user","content":"${mark}"}],"max_tokens":1}`,
  );
  expect(sent?.match(/"max_tokens":\d+/g)).toEqual(['"max_tokens":1']);
});

it("a base URL that ends in a slash, and a key after two spaces, are understood", async () => {
  const response = await fetch(`${stack.gatewayUrl}//models`, {
    headers: { authorization: `Bearer  ${team.key}` },
  });
  expect(response.status).toBe(200);
});
