/** Requests as no client should write them. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { exchange } from "./testing/exchange.ts";
import { startOwnGateway } from "./testing/own-gateway.ts";
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

/** The most memory a process has had, in bytes: only Linux says. */
const peakOf = (pid: number) =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) * 1024;

it.skipIf(process.platform !== "linux")(
  "a body that comes byte by byte takes the memory of its bytes, not of as many large pieces",
  async () => {
    const gateway = await startOwnGateway(stack);
    try {
      const before = peakOf(gateway.process.pid);
      const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1").setEncoding("utf8");
      socket.write(
        "POST /gateway/v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer nemo_sk_anybody\r\ntransfer-encoding: chunked\r\n\r\n",
      );
      for (let times = 0; times < 20; times++) socket.write("1\r\n \r\n".repeat(1000));
      socket.write("0\r\n\r\n");
      const [answer] = await once(socket, "data");
      socket.destroy();
      expect(answer).toContain("400 Bad Request");
      expect(peakOf(gateway.process.pid) - before).toBeLessThan(200 * 1024 * 1024);
    } finally {
      await gateway.process.stop();
    }
  },
);
