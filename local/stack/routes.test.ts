import { describe, expect, test } from "vitest";
import { useStack } from "../../tests/support/stack.ts";

const stack = useStack();

describe("the one port", () => {
  test("tells the dashboard where everything is, under the name it was opened with", async () => {
    const config = (await (await fetch(`${stack.url}/config.json`)).json()) as Record<string, unknown>;
    expect(config).toEqual({
      supabaseUrl: stack.url,
      publishableKey: stack.publishableKey,
      gatewayUrl: stack.gatewayUrl,
      providerIsFake: true,
      mailUrl: `${stack.url}/local/mail`,
    });
    const localhost = stack.url.replace("127.0.0.1", "localhost");
    const other = (await (await fetch(`${localhost}/config.json`)).json()) as Record<string, unknown>;
    expect(other.supabaseUrl).toBe(localhost);
  });

  test("answers for a function it does not have as Supabase does", async () => {
    const response = await fetch(`${stack.url}/functions/v1/nowhere/x`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ code: "NOT_FOUND", message: "Requested function was not found" });
  });

  test("has no storage, and says so", async () => {
    expect((await fetch(`${stack.url}/storage/v1/bucket`)).status).toBe(404);
  });

  test("does not show files beside the dashboard", async () => {
    for (const path of ["/../package.json", "/..%2fpackage.json", "/%2e%2e/.nemo/secrets.json"]) {
      const text = await (await fetch(`${stack.url}${path}`)).text();
      expect(text).not.toContain("secretKey");
      expect(text).not.toContain('"scripts"');
    }
  });
});
