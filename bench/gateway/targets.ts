import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { denoEnvironment, denoProgram } from "../../local/functions/deno.ts";
import { type FunctionProcess, startFunctionProcess } from "../../local/functions/function-process.ts";
import { freePort } from "../../local/network/free-port.ts";
import type { BenchDatabase } from "./bench-database.ts";
import { requestBytes } from "./connection.ts";
import { installPortkey } from "./portkey.ts";
import { type Program, startProgram } from "./program.ts";

/** Something that answers chat completions: a gateway, a floor, or the provider itself. */
export interface Target {
  readonly name: string;
  /** Of the process that is measured. */
  readonly pid: number;
  readonly port: number;
  /** The same question to everybody, in the words each understands. */
  request(stream?: { chunks: number; delay: number }): Buffer;
  stop(): Promise<void>;
}

export interface Surroundings {
  /** Base URL of the provider, ending in /v1. */
  readonly upstream: string;
  readonly upstreamPid: number;
  readonly database: BenchDatabase;
}

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const deno21 = join(dirname(createRequire(import.meta.url).resolve("deno-2.1/package.json")), "deno");

const FACTS = [
  "The parcel left the warehouse on Monday.",
  "It is insured.",
  "The customer has paid by card.",
];
const RENDERED = `First: you are a concierge at the shop. Answer in French.\n- ${FACTS.join("\n- ")}\nBe brief and friendly. If you are not sure, say so.`;
const QUESTION = { role: "user", content: "Where is my order? I have been waiting for it since last week." };

type Streamed = { chunks: number; delay: number } | undefined;

const asked = (stream: Streamed) =>
  stream ? { stream: true, metadata: { chunks: String(stream.chunks), delay: String(stream.delay) } } : {};

/** What a client without a prompt store sends: the rendered prompt and its question. */
const plainBody = (stream: Streamed) => ({
  model: "gpt-4o-mini",
  temperature: 0.3,
  messages: [{ role: "system", content: RENDERED }, QUESTION],
  ...asked(stream),
});

const plain =
  (path: string, headers: Record<string, string> = {}) =>
  (stream?: Streamed) =>
    requestBytes(path, { authorization: "Bearer sk-bench", ...headers }, plainBody(stream));

/** Starts each target by its name. */
export const STARTERS: Record<string, (around: Surroundings, name: string) => Promise<Target>> = {
  straight: async ({ upstream, upstreamPid }, name) => ({
    name,
    pid: upstreamPid,
    port: Number(new URL(upstream).port),
    request: plain("/v1/chat/completions"),
    stop: async () => {},
  }),
  floor: (around, name) => bareDeno(around, name, "pass", denoProgram()),
  "floor-2.1": (around, name) => bareDeno(around, name, "pass", deno21),
  tap: (around, name) => bareDeno(around, name, "tap", denoProgram()),
  duties: (around, name) => bareDeno(around, name, "duties", denoProgram()),
  ours: (around, name) => ours(around, name),
  "ours-prepared": (around, name) => ours(around, name, { NEMO_DB_PREPARE: "1" }),
  "ours-relaxed": (around, name) => ours(around, name, { NEMO_MAX_STALENESS_MS: "1000" }),
  "ours-2.1": (around, name) => ours(around, name, {}, deno21),
  portkey: async (around, name) => {
    const { node20, script } = installPortkey();
    return portkey(around, name, node20, ["--import", join(here, "loopback-only.mjs"), script]);
  },
  "portkey-deno": async (around, name) => {
    const { script } = installPortkey();
    return portkey(around, name, denoProgram(), [
      "run",
      "-A",
      "--quiet",
      "--preload",
      join(here, "loopback-only.mjs"),
      script,
    ]);
  },
};

async function bareDeno(
  { upstream }: Surroundings,
  name: string,
  mode: string,
  deno: string,
): Promise<Target> {
  const args = [
    "run",
    "--quiet",
    "--no-config",
    "--no-lock",
    "--allow-net",
    join(here, "bare-deno.ts"),
    mode,
    upstream,
  ];
  const program = await startProgram(deno, args, { env: denoEnvironment({}, deno) });
  return { name, ...program, request: plain("/v1/chat/completions") };
}

async function ours(
  { upstream, database }: Surroundings,
  name: string,
  settings: Record<string, string> = {},
  deno?: string,
): Promise<Target> {
  const running = await startGateway({ upstream, database }, settings, deno);
  return {
    name,
    pid: running.pid,
    port: await running.port,
    request: (stream) =>
      requestBytes(
        "/gateway/v1/chat/completions",
        { authorization: `Bearer ${database.key}` },
        {
          model: "nemo/bench-agent",
          nemo_prompt_variables: { role: "a concierge", lang: "French", facts: FACTS },
          messages: [QUESTION],
          ...asked(stream),
        },
      ),
    stop: () => running.stop(),
  };
}

/** A short question to the gateway, for what is not compared with others. */
export const shortRequest = (database: BenchDatabase): Buffer =>
  requestBytes(
    "/gateway/v1/chat/completions",
    { authorization: `Bearer ${database.key}` },
    {
      model: "nemo/bench-agent",
      nemo_prompt_variables: { role: "a concierge", facts: [] },
      messages: [QUESTION],
    },
  );

/** The function `gateway` as `npm start` runs it, without the front proxy that hosted Supabase does not have. */
export function startGateway(
  { upstream, database }: Pick<Surroundings, "upstream" | "database">,
  settings: Record<string, string> = {},
  deno?: string,
): FunctionProcess {
  const folder = join(root, "supabase/functions/gateway");
  const before = process.env.NEMO_DENO;
  if (deno) process.env.NEMO_DENO = deno;
  try {
    return startFunctionProcess(
      { name: "gateway", entrypoint: join(folder, "index.ts"), config: join(folder, "deno.json") },
      {
        NEMO_UPSTREAM_URL: upstream,
        NEMO_UPSTREAM_API_KEY: "bench",
        NEMO_GATEWAY_DB_URL: database.gatewayUrl,
        ...settings,
      },
      (line) => console.error(`gateway: ${line}`),
    );
  } finally {
    if (before === undefined) delete process.env.NEMO_DENO;
    else process.env.NEMO_DENO = before;
  }
}

async function portkey(
  { upstream }: Surroundings,
  name: string,
  command: string,
  args: string[],
): Promise<Target> {
  const port = await freePort();
  const program: Program = await startProgram(command, [...args, "--headless", `--port=${port}`], {
    port,
    cwd: installPortkey().folder,
    env: { NODE_ENV: "production", DENO_DIR: join(root, ".nemo/bench-peers/deno") },
  });
  const headers = { "x-portkey-provider": "openai", "x-portkey-custom-host": upstream };
  return { name, ...program, request: plain("/v1/chat/completions", headers) };
}
