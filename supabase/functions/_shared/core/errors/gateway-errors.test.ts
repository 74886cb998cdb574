import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { GATEWAY_ERRORS, GatewayError } from "./gateway-errors.ts";

it("docs/errors.md explains every code with its status, and no other", () => {
  const page = readFileSync(new URL("../../../../../docs/errors.md", import.meta.url), "utf8");
  const section = page.split("## Gateway")[1]?.split("\n## ")[0] ?? "";
  const rows = [...section.matchAll(/^\| `(\w+)` +\| (\d+) +\|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(Object.entries(GATEWAY_ERRORS).map(([code, { status }]) => [code, status])),
  );
});

it("an error's body has OpenAI's shape", () => {
  const error = new GatewayError("invalid_request", { detail: "It is bad.", param: "model" });
  expect(error.toBody()).toEqual({
    error: {
      message: expect.stringMatching(/It is bad\.$/),
      type: "invalid_request_error",
      param: "model",
      code: "invalid_request",
    },
  });
});
