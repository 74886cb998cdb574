/**
 * Runs in Deno, one process per Edge Function: `deno run … function-host.ts <entry URL> <announcement>`.
 *
 * Imports the function's index.ts unchanged and gives it what Supabase's edge runtime has and plain Deno does
 * not: `EdgeRuntime.waitUntil`, and a `Deno.serve` that does not choose the port. When its standard input
 * ends, or on SIGTERM, it stops accepting, lets requests and `waitUntil` work finish, and ends.
 */

type Handler = (request: Request, info?: unknown) => Response | Promise<Response>;
interface Server {
  shutdown(): Promise<void>;
  readonly finished: Promise<void>;
}

/** The few parts of Deno used here; the project's types are those of Node and the browser. */
declare const Deno: {
  args: string[];
  exit(code: number): never;
  serve(options: object, handler: Handler): Server;
  stdin: { readable: ReadableStream<Uint8Array> };
  addSignalListener(signal: "SIGTERM" | "SIGINT", listener: () => void): void;
};

/** How long unfinished work may hold up the end. */
const DRAIN_MS = 6_000;

const [entry, announcement] = Deno.args as [string, string];
const listen = Deno.serve;
const background = new Set<Promise<unknown>>();
let handler: Handler | undefined;

Object.assign(globalThis, {
  EdgeRuntime: {
    waitUntil<T>(work: Promise<T>): Promise<T> {
      const settled = work.then(
        () => {},
        (error: unknown) => console.error("waitUntil:", error),
      );
      background.add(settled);
      void settled.then(() => background.delete(settled));
      return work;
    },
  },
});

// Deno.serve(handler), Deno.serve(options, handler) and Deno.serve({ handler }) are all in use.
Deno.serve = (first: Handler | { handler?: Handler }, second?: Handler): Server => {
  handler = second ?? (typeof first === "function" ? first : first.handler);
  return { shutdown: async () => {}, finished: new Promise(() => {}) };
};

const imported: { default?: { fetch?: Handler } } = await import(entry);
const serving = handler ?? imported.default?.fetch;
if (!serving) throw new Error(`${entry} neither calls Deno.serve nor exports { fetch } by default.`);

const server = listen(
  {
    hostname: "127.0.0.1",
    port: 0,
    onListen: ({ port }: { port: number }) => console.log(`${announcement}${port}`),
  },
  serving,
);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  setTimeout(() => Deno.exit(1), DRAIN_MS);
  globalThis.dispatchEvent(new CustomEvent("beforeunload", { detail: { reason: "termination" } }));
  await server.shutdown();
  while (background.size > 0) await Promise.all(background);
  Deno.exit(0);
}

// Windows has no SIGTERM; the end of standard input works everywhere, also when the parent was killed.
try {
  Deno.addSignalListener("SIGTERM", () => void end());
} catch {
  // See above.
}
for await (const _ of Deno.stdin.readable) {
  // Nothing is ever sent; only the end counts.
}
await end();

export {};
