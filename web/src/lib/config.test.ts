import { expect, test } from "vitest";
import { complete, loadConfig } from "./config.ts";

test("a static host needs only the two values of the build, and derives the gateway's address", () => {
  expect(
    complete(
      {},
      { VITE_SUPABASE_URL: "https://x.supabase.co/", VITE_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_1" },
    ),
  ).toEqual({
    supabaseUrl: "https://x.supabase.co",
    publishableKey: "sb_publishable_1",
    gatewayUrl: "https://x.supabase.co/functions/v1/gateway/v1",
    providerIsFake: false,
  });
});

test("what is missing is named, all of it at once", () => {
  expect(() => complete({}, {})).toThrow("VITE_SUPABASE_URL and VITE_SUPABASE_PUBLISHABLE_KEY");
});

test("a host that answers /config.json with the page itself is not taken at its word", async () => {
  const page = async () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
  await expect(loadConfig(page)).rejects.toThrow("VITE_SUPABASE_URL");
});
