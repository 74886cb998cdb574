import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAlive } from "../testing/child-stack.ts";
import { type TemporaryProject, temporaryProject } from "../testing/temporary-project.ts";
import { answerUnavailable, forward } from "./forward.ts";
import { type FunctionRunner, startFunctions } from "./function-runner.ts";

const ECHO = `Deno.serve(async (request) => Response.json({
  path: new URL(request.url).pathname + new URL(request.url).search,
  method: request.method,
  body: await request.text(),
  headers: Object.fromEntries(request.headers),
  secret: Deno.env.get("OF_THE_PROJECT"),
  home: Deno.env.get("HOME") ?? null,
}));`;

describe("a function", () => {
  let project: TemporaryProject;
  let runner: FunctionRunner | undefined;
  let server: Server | undefined;
  let url = "";
  const notices: string[] = [];
  const lines: string[] = [];

  beforeEach(async () => {
    project = await temporaryProject();
    notices.length = 0;
    lines.length = 0;
  });
  afterEach(async () => {
    server?.close();
    server?.closeAllConnections();
    await runner?.stop();
    await project.remove();
  });

  async function start(functions: Record<string, string>, watch = false): Promise<void> {
    for (const [name, source] of Object.entries(functions)) await project.writeFunction(name, source);
    runner = startFunctions({
      projectRoot: project.root,
      config: {
        api: { schemas: [], extra_search_path: [], max_rows: 1 },
        auth: {},
        functions: Object.fromEntries(Object.keys(functions).map((name) => [name, {}])),
      },
      environment: { OF_THE_PROJECT: "told" },
      log: (name, line) => lines.push(`${name}: ${line}`),
      notice: (sentence) => notices.push(sentence),
      watch,
    });
    const { port } = runner;
    server = createServer((request, response) => {
      const name = request.url?.split("/")[1] ?? "";
      port(name).then(
        (found) => forward(request, response, found, request.url ?? "/"),
        () => answerUnavailable(response),
      );
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test("sees the request as it was sent, its own environment and nothing of ours", async () => {
    await start({ echo: ECHO });
    const response = await fetch(`${url}/echo/v1/x?a=1`, {
      method: "POST",
      body: "body",
      headers: { "x-own": "1" },
    });
    const seen = (await response.json()) as Record<string, unknown> & { headers: Record<string, string> };
    expect(seen).toMatchObject({
      path: "/echo/v1/x?a=1",
      method: "POST",
      body: "body",
      secret: "told",
      home: null,
    });
    expect(seen.headers["x-own"]).toBe("1");
    expect(seen.headers["x-forwarded-for"]).toBe("127.0.0.1");
  });

  test("may export { fetch } instead of calling Deno.serve", async () => {
    await start({ plain: "export default { fetch: () => new Response('exported') };" });
    expect(await (await fetch(`${url}/plain`)).text()).toBe("exported");
  });

  test("prints into the log, under its name", async () => {
    await start({ talks: "console.log('hello from inside'); Deno.serve(() => new Response('ok'));" });
    await fetch(`${url}/talks`);
    expect(lines).toContain("talks: hello from inside");
  });

  test("hands over a piece of its answer before the rest exists", async () => {
    await start({
      stream: `Deno.serve(() => {
        const start = (controller) => controller.enqueue(new TextEncoder().encode("data: first\\n\\n"));
        return new Response(new ReadableStream({ start }), { headers: { "content-type": "text/event-stream" } });
      });`,
    });
    const response = await fetch(`${url}/stream`);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toBe("data: first\n\n");
    await reader.cancel();
  });

  test("streams a request in while it streams the answer out", async () => {
    await start({ pipe: "Deno.serve((request) => new Response(request.body));" });
    let push: (text: string) => void = () => {};
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        push = (text) => controller.enqueue(new TextEncoder().encode(text));
      },
    });
    push("one");
    const response = await fetch(`${url}/pipe`, { method: "POST", body, duplex: "half" } as RequestInit);
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("one");
    push("two");
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("two");
    await reader.cancel();
  });

  test("is told when the caller goes away", async () => {
    await start({
      slow: `Deno.serve((request) => {
        request.signal.addEventListener("abort", () => console.log("the caller left"));
        console.log("somebody called");
        return new Promise(() => {});
      });`,
    });
    const caller = new AbortController();
    const call = fetch(`${url}/slow`, { signal: caller.signal });
    await expect.poll(() => lines).toContain("slow: somebody called");
    caller.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(() => lines).toContain("slow: the caller left");
  });

  test("is started again after a crash", async () => {
    await start({
      fragile: `Deno.serve((request) => {
        if (request.url.endsWith("/crash")) setTimeout(() => { throw new Error("crashed"); }, 0);
        return new Response(String(Deno.pid));
      });`,
    });
    const before = await (await fetch(`${url}/fragile`)).text();
    await fetch(`${url}/fragile/crash`).catch(() => {});
    await expect.poll(() => notices.join()).toContain("fragile ended; starting it again");
    const answers = () =>
      fetch(`${url}/fragile`).then(async (response) => (response.ok ? await response.text() : before));
    await expect.poll(answers).not.toBe(before);
  });

  test("that cannot start is answered with 503 BOOT_ERROR, and its error can be read", async () => {
    await start({ broken: "import './missing.ts';" });
    const response = await fetch(`${url}/broken`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: "BOOT_ERROR" });
    expect(lines.join("\n")).toContain("missing.ts");
  });

  test("is replaced when its source changes, and a broken source leaves it running", async () => {
    await start({ edited: "Deno.serve(() => new Response('old'));" }, true);
    const text = async () => (await fetch(`${url}/edited`)).text();
    expect(await text()).toBe("old");
    await project.writeFunction("edited", "Deno.serve(() => new Response('new'));");
    await expect.poll(text).toBe("new");
    await project.writeFunction("edited", "this is no program");
    await expect.poll(() => notices.join()).toContain("its previous version keeps running");
    expect(await text()).toBe("new");
  });

  test("finishes what it promised with waitUntil before it ends", async () => {
    const file = join(project.root, "written-later");
    await start({
      later: `Deno.serve(() => {
        const asked = new Promise((resolve) => addEventListener("beforeunload", resolve));
        const later = asked.then(() => new Promise((resolve) => setTimeout(resolve, 300)));
        EdgeRuntime.waitUntil(later.then(() => Deno.writeTextFile(${JSON.stringify(file)}, "done")));
        return new Response("answered");
      });`,
    });
    expect(await (await fetch(`${url}/later`)).text()).toBe("answered");
    const [pid] = runner?.pids() ?? [];
    expect(existsSync(file)).toBe(false);
    await runner?.stop();
    expect(await readFile(file, "utf8")).toBe("done");
    expect(isAlive(pid as number)).toBe(false);
  });
});
