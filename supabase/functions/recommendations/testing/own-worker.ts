import { fileURLToPath } from "node:url";
import { startFunctionProcess } from "../../../../local/functions/function-process.ts";
import type { Person, TestStack } from "../../../../tests/support/stack.ts";
import { gatewayDatabaseUrl } from "../../gateway/testing/own-gateway.ts";
import type { Job } from "../store.ts";
import {
  type Asked,
  type Scripted,
  type ScriptedProvider,
  startScriptedProvider,
} from "./scripted-provider.ts";

export type Script = (asked: Asked) => Scripted | Promise<Scripted>;

/**
 * Another process of the function, on the stack's database. Its platform's provider is no fake: it follows the script
 * a test sets, and can be taken away.
 */
export interface OwnWorker {
  /** Ends in `/recommendations`. */
  readonly url: string;
  /** What the provider was asked since {@link follow}. */
  readonly asked: readonly Asked[];
  follow(script: Script): void;
  /** Nobody listens at the provider's address while `work` goes on. */
  withoutProvider<T>(work: () => Promise<T>): Promise<T>;
  /** Asks for recommendations as a person, who agrees to a dollar, and works the job. */
  run(owner: Person, template_id: string, request?: object): Promise<JobRow>;
  /** Works a job; answers what has become of it. */
  work(owner: Person, jobId: string): Promise<JobRow>;
  stop(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: rows are looked at field by field
export type JobRow = any;

/** The provider gets so long for an answer: as long as a busy machine may need, where that is not what is tested. */
export async function startOwnWorker(stack: TestStack, timeoutMs = 30_000): Promise<OwnWorker> {
  let script: Script = () => "hang";
  const start = (port?: number) => startScriptedProvider((asked) => script(asked), port);
  let provider: ScriptedProvider = await start();
  const place = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
  const source = { name: "recommendations", entrypoint: place("index.ts"), config: place("deno.json") };
  const environment = {
    SUPABASE_URL: stack.url,
    SUPABASE_ANON_KEY: stack.publishableKey,
    SUPABASE_SERVICE_ROLE_KEY: stack.secretKey,
    NEMO_GATEWAY_DB_URL: gatewayDatabaseUrl(stack),
    NEMO_DB_TIMEOUT_MS: "60000",
    NEMO_UPSTREAM_URL: provider.url,
    NEMO_UPSTREAM_API_KEY: "key",
    NEMO_RECOMMENDATION_TIMEOUT_MS: String(timeoutMs),
    NEMO_RECOMMENDATION_MODEL: "gpt-4o-mini",
  };
  const process = startFunctionProcess(source, environment, (line) => console.error(line));
  const url = `http://127.0.0.1:${await process.port}/recommendations`;
  const worker: OwnWorker = {
    url,
    get asked() {
      return provider.asked;
    },
    follow: (next) => {
      script = next;
      provider.asked.length = 0;
    },
    async withoutProvider(work) {
      await provider.close();
      try {
        return await work();
      } finally {
        provider = await start(Number(new URL(provider.url).port));
      }
    },
    async run(owner, template_id, request = {}) {
      const asked = await owner.client.rpc("request_recommendations", {
        template_id,
        kinds: ["clarity"],
        max_cost_nanousd: 1_000_000_000,
        ...request,
      });
      if (asked.error) throw new Error(asked.error.message);
      return await worker.work(owner, (asked.data as Job).id);
    },
    async work(owner, job_id) {
      const response = await fetch(`${url}/run`, {
        method: "POST",
        headers: { authorization: `Bearer ${owner.accessToken}`, "content-type": "application/json" },
        body: JSON.stringify({ job_id }),
      });
      if (!response.ok) throw new Error(`/run answered ${response.status}: ${await response.text()}`);
      const columns =
        "id, state, reason, error_code, attempts, made, judgements, provider, model, cost_nanousd, finished_at";
      const row = await owner.client.from("recommendation_jobs").select(columns).eq("id", job_id).single();
      return row.data as JobRow;
    },
    stop: async () => {
      await process.stop();
      await provider.close();
    },
  };
  return worker;
}
