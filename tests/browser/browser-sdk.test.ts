import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join, normalize } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";

const SITE = `<title>A site</title><script type="module">
  import OpenAI from "/openai/index.mjs";
  globalThis.OpenAI = OpenAI;
</script>`;

const stack = useStack();
const browser = openBrowser();
let team: Team;
let site: Server;
let origin: string;

/** A site of another origin, which serves a blank page and the SDK's own modules, unbundled. */
beforeAll(async () => {
  team = await makeTeam(stack);
  const sdk = dirname(createRequire(import.meta.url).resolve("openai"));
  site = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://site").pathname);
    if (!path.startsWith("/openai/")) return response.setHeader("content-type", "text/html").end(SITE);
    const source = await readFile(join(sdk, path.slice("/openai/".length))).catch(() => null);
    response.writeHead(source ? 200 : 404, { "content-type": "text/javascript" }).end(source);
  });
  await new Promise<void>((listening) => site.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(() => {
  site?.close();
  site?.closeAllConnections();
});

it("a page of another origin calls the gateway with OpenAI's SDK, reads the stream, the receipt and typed errors", async () => {
  const { page, complaints } = await browser.visit();
  await page.goto(origin);
  await page.waitForFunction("globalThis.OpenAI");
  const seen = await page.evaluate(
    async ({ baseURL, apiKey, model }) => {
      // biome-ignore lint/suspicious/noExplicitAny: the page's own global, as a site's script would find it
      const { OpenAI } = globalThis as any;
      const client = new OpenAI({ baseURL, apiKey, dangerouslyAllowBrowser: true, maxRetries: 0 });
      const body = {
        model,
        messages: [{ role: "user", content: "Hello" }],
        nemo_prompt_variables: { role: "kind" },
      };
      const { data, response } = await client.chat.completions.create(body).withResponse();
      let streamed = "";
      for await (const chunk of await client.chat.completions.create({ ...body, stream: true }))
        streamed += chunk.choices[0]?.delta.content ?? "";
      const refused = await client.chat.completions
        .create({ ...body, nemo_typo: 1 })
        .catch((error: unknown) => error);
      const names = ["x-nemo-request-id", "x-nemo-version", "x-nemo-render-hash", "server-timing"];
      return {
        whole: data.choices[0].message.content,
        streamed,
        receipt: names.filter((name) => response.headers.get(name)),
        refused: [refused instanceof OpenAI.BadRequestError, refused.code],
      };
    },
    {
      baseURL: stack.gatewayUrl,
      apiKey: team.key,
      model: `nemo/${team.name}`,
    },
  );
  expect(seen.whole).toMatch(/You are kind\..*Hello/);
  expect(seen.streamed).toBe(seen.whole);
  expect(seen.receipt).toHaveLength(4);
  expect(seen.refused).toEqual([true, "unknown_nemo_field"]);
  // The browser itself notes the refusal; nothing else is amiss.
  expect(complaints.filter((one) => !one.includes("400"))).toEqual([]);
});
