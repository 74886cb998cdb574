/**
 * The floors, run by Deno: `bare-deno.ts pass|tap|duties <base URL of the provider>`.
 *
 * `pass` hands request and answer over untouched: the least a gateway on Deno can cost. `tap` reads every chunk
 * of the answer on its way, in the cheapest way there is: what a gateway that must see the usage can hope for.
 * `duties` does for every JSON request what Nemo's contract asks of each, and nothing of what it is for: it hashes
 * the key and the messages, reads both bodies, can be aborted and sends the receipt; no Postgres, no template, no log.
 */
import { hash } from "node:crypto";

declare const Deno: {
  args: string[];
  serve(options: object, handler: (request: Request) => Promise<Response>): unknown;
};

const [mode, upstream] = Deno.args as [string, string];

async function pass(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/v1/, "");
  const answer = await fetch(upstream + path, {
    method: request.method,
    headers: { "content-type": "application/json" },
    body: request.body,
  });
  const type = answer.headers.get("content-type") ?? "";
  const body = mode === "tap" && answer.body ? tap(answer.body) : answer.body;
  return new Response(body, { status: answer.status, headers: { "content-type": type } });
}

function tap(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => reader.cancel(),
    },
    { highWaterMark: 0 },
  );
}

async function duties(request: Request): Promise<Response> {
  const begun = performance.now();
  const requestId = crypto.randomUUID();
  const keyHash = hash("sha256", request.headers.get("authorization") ?? "", "hex");
  const body = JSON.parse(await request.text());
  const renderHash = hash("sha256", JSON.stringify(body.messages), "hex");
  const answer = await fetch(`${upstream}/chat/completions`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "duties",
      "x-client-request-id": requestId,
      "idempotency-key": requestId,
      authorization: "Bearer bench",
    },
    body: JSON.stringify(body),
    redirect: "manual",
    signal: new AbortController().signal,
  });
  const type = answer.headers.get("content-type") ?? "";
  const isStream = type.startsWith("text/event-stream");
  const text = isStream ? "" : await answer.text();
  const used = isStream ? "" : JSON.stringify(JSON.parse(text).usage);
  return new Response(isStream ? answer.body : text, {
    status: answer.status,
    headers: {
      "content-type": type,
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "x-nemo-request-id, x-nemo-template-id, x-nemo-version, x-request-id",
      "x-request-id": requestId,
      "x-nemo-request-id": requestId,
      "x-nemo-template-id": keyHash.slice(0, 28),
      "x-nemo-version": String(used.length),
      "x-nemo-render-hash": renderHash,
      "x-nemo-provider": "platform",
      "server-timing": `upstream;dur=${performance.now() - begun}`,
    },
  });
}

Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: ({ port }: { port: number }) => console.log(port) },
  mode === "duties" ? duties : pass,
);
