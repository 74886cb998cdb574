import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { useStack } from "../../tests/support/stack.ts";

const stack = useStack();

/** What comes back for these bytes, until the connection ends. */
async function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(stack.url);
  const socket = connect(Number(port), hostname).setEncoding("utf8");
  let answer = "";
  socket.on("data", (text) => (answer += text));
  socket.write(bytes);
  await once(socket, "close");
  return answer;
}

/** A GET that says who it thinks it asks. */
async function statusUnder(host: string, path: string): Promise<number | undefined> {
  const asked = request(`${stack.url}${path}`, { headers: { host } }).end();
  const [response] = await once(asked, "response");
  response.resume();
  return response.statusCode;
}

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

  test("tells keys and mails to nobody who came by another machine's name", async () => {
    const port = new URL(stack.url).port;
    for (const path of ["/config.json", "/local/mail"]) {
      expect(await statusUnder(`evil.example:${port}`, path)).toBe(421);
      expect(await statusUnder(`127.0.0.1.evil.example:${port}`, path)).toBe(421);
      expect(await statusUnder(`localhost:${port}`, path)).toBe(200);
    }
  });

  test("outlives whatever asks for a socket", async () => {
    const upgrade =
      "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: eA==";
    for (const target of [
      "//",
      "http://[",
      "/%",
      "//x:99999/",
      "/functions/v1/gateway/v1/health",
      "/realtime/v1/websocket",
    ]) {
      await raw(`GET ${target} HTTP/1.1\r\nhost: x\r\n${upgrade}\r\n\r\n`);
    }
    expect((await fetch(`${stack.url}/local/health`)).status).toBe(200);
  });

  test("answers a client that would rather speak HTTP/2, as Java's does, in the HTTP they have", async () => {
    const body = "{}";
    const answer = await raw(
      `POST /functions/v1/gateway/v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close, upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer).toContain("invalid_api_key");
  });
});
