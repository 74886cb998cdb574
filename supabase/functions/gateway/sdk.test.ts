import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { denoProgram } from "../../../local/functions/deno.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { type SdkFacts, sdkPromises } from "./testing/sdk-promises.ts";
import { makeTeam, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
let facts: SdkFacts;
beforeAll(async () => {
  team = await makeTeam(stack);
  facts = { baseURL: stack.gatewayUrl, apiKey: team.key, template: team.name };
});

const names = Object.keys(sdkPromises({ baseURL: "http://localhost", apiKey: "none", template: "none" }));

describe("with the official SDK in Node", () => {
  it.each(names)("%s", async (name) => {
    await expect(sdkPromises(facts)[name]!()).resolves.toBeUndefined();
  });
});

it("in Deno the official SDK keeps the same promises", async () => {
  const script = fileURLToPath(new URL("testing/sdk-in-deno.ts", import.meta.url));
  const flags = ["--quiet", "--no-lock", "--no-check", "--node-modules-dir=manual"];
  const rights = ["--allow-net", "--allow-env", "--allow-read", "--allow-sys"];
  const { stdout } = await promisify(execFile)(denoProgram(), [
    "run",
    ...flags,
    ...rights,
    script,
    JSON.stringify(facts),
  ]);
  expect(JSON.parse(stdout)).toEqual({ kept: names.length, broken: [] });
});
