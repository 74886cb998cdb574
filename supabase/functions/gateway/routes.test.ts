import { beforeAll, describe, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { makeTeam, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(stack, "Hello.");
});

const call = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(stack.gatewayUrl + path, {
    method,
    headers: { authorization: `Bearer ${team.key}`, ...headers },
    ...(body !== undefined && { body }),
  });
const errorOf = async (response: Response) =>
  (
    (await response.json()) as {
      error: { message: string; type: string; param: string | null; code: string };
    }
  ).error;
const chat = JSON.stringify({ model: "fake-gpt", messages: [] });

describe("a route", () => {
  it.each([
    ["GET", "/chat/completions", "POST"],
    ["DELETE", "/embeddings", "POST"],
    ["POST", "/models", "GET"],
    ["PUT", "/feedback", "POST"],
  ])(
    "that does not answer %s %s says so in OpenAI's shape, and which method it does",
    async (method, path, allow) => {
      const response = await call(method, path);
      expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
      expect(await errorOf(response)).toMatchObject({
        code: "method_not_allowed",
        type: "invalid_request_error",
        param: null,
      });
      expect(response.headers.get("x-nemo-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it("that does not exist is 404 in OpenAI's shape", async () => {
    for (const path of [
      "/",
      "/completions",
      "/chat",
      "/chat/completions/x",
      "/prompts//render",
      "/../v2/models",
    ]) {
      const response = await call("POST", path, {}, chat);
      expect([path, response.status, (await errorOf(response)).code]).toEqual([path, 404, "route_not_found"]);
    }
  });

  it("may end in a slash, and answers HEAD without a body", async () => {
    expect((await call("POST", "/chat/completions/", {}, chat)).status).toBe(200);
    expect((await call("GET", "/models?limit=1")).status).toBe(200);
    const head = await call("HEAD", "/models");
    expect([head.status, await head.text()]).toEqual([405, ""]);
  });

  it("does not ask for a content type, and answers JSON", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=utf-8",
    ]) {
      const response = await call("POST", "/chat/completions", { "content-type": type }, chat);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
    }
  });
});

describe("a body", () => {
  it.each([
    ["empty", ""],
    ["cut off", '{"model":"fake-gpt","messages":['],
    ["with a comment", '{/* no */"model":"fake-gpt"}'],
    ["that is text", '"hello"'],
    ["that is null", "null"],
  ])("%s is 400 invalid_request", async (_, body) => {
    const response = await call("POST", "/chat/completions", {}, body);
    expect([response.status, (await errorOf(response)).code]).toEqual([400, "invalid_request"]);
  });

  it("of exactly 4 MB is read, and one byte more is not", async () => {
    const limit = 4 * 1024 * 1024;
    const frame = (filler: string) => `{"model":"fake-gpt:content=ok","messages":[],"x":"${filler}"}`;
    const filler = "x".repeat(limit - frame("").length);
    expect((await call("POST", "/chat/completions", {}, frame(filler))).status).toBe(200);
    const over = await call("POST", "/chat/completions", {}, frame(`${filler}x`));
    expect([over.status, (await errorOf(over)).code]).toEqual([413, "request_too_large"]);
  });
});

describe("a key", () => {
  it.each([
    "",
    "Bearer",
    "Bearer sk-1",
    "Basic bmVtbw==",
    "Bearer nemo_sk_",
    "Bearer nemo_sk_a b",
    `Bearer nemo_sk_${"a".repeat(201)}`,
  ])("that cannot be one is 401: %j", async (authorization) => {
    const response = await call("POST", "/chat/completions", { authorization }, chat);
    expect([response.status, (await errorOf(response)).code]).toEqual([401, "invalid_api_key"]);
  });
});
