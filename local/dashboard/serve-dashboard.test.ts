import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveDashboard } from "./serve-dashboard.ts";

describe("the built dashboard", () => {
  let dist: string;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    dist = await mkdtemp(join(tmpdir(), "nemo-dist-"));
    await mkdir(join(dist, "assets"));
    await writeFile(join(dist, "index.html"), "<title>Nemo</title>");
    await writeFile(join(dist, "assets", "app-1234.js"), "console.log(1)");
    await writeFile(join(dist, "assets", "app-1234.js.br"), brotliCompressSync("console.log(1)"));
    server = createServer(serveDashboard(dist));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await rm(dist, { recursive: true, force: true });
  });

  test("is answered for every page of the application, and asked for again each time", async () => {
    for (const path of ["/", "/org/templates/support-agent"]) {
      const response = await fetch(url + path);
      expect(await response.text()).toBe("<title>Nemo</title>");
      expect(response.headers.get("cache-control")).toBe("no-cache");
    }
  });

  test("gives out files with a hash in their name for ever, compressed", async () => {
    const response = await fetch(`${url}/assets/app-1234.js`, { headers: { "accept-encoding": "br" } });
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-encoding")).toBe("br");
    expect(await response.text()).toBe("console.log(1)");
  });

  test("does not answer a missing file with a page", async () => {
    expect((await fetch(`${url}/assets/gone-9999.js`)).status).toBe(404);
  });

  test("allows scripts and requests of its own origin only, and no frame around it", async () => {
    const policy = (await fetch(url)).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src|unsafe-eval/);
  });

  test("can only be read", async () => {
    expect((await fetch(url, { method: "POST" })).status).toBe(405);
  });

  test("that was not built says what to do", async () => {
    const missing = createServer(serveDashboard(join(dist, "nowhere")));
    await new Promise<void>((resolve) => missing.listen(0, "127.0.0.1", resolve));
    const response = await fetch(`http://127.0.0.1:${(missing.address() as AddressInfo).port}`);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("`npm start` builds it");
    missing.close();
    missing.closeAllConnections();
  });
});
