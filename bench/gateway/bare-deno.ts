/**
 * The floors, run by Deno: `bare-deno.ts pass|tap <base URL of the provider>`.
 *
 * `pass` hands request and answer over untouched: the least a gateway on Deno can cost. `tap` reads every chunk
 * of the answer on its way, in the cheapest way there is: what a gateway that must see the usage can hope for.
 */
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

Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: ({ port }: { port: number }) => console.log(port) },
  pass,
);

export {};
