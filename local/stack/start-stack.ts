import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildDashboard } from "../dashboard/build-dashboard.ts";
import { serveDashboard } from "../dashboard/serve-dashboard.ts";
import { type FakeProvider, startFakeProvider } from "../fake-provider/start-fake-provider.ts";
import type { Upstream } from "./environment.ts";
import { openFront } from "./front.ts";
import { readProjectConfig } from "./project-config.ts";
import { routesTo } from "./routes.ts";
import { loadSecrets } from "./secrets.ts";
import { startDatabase } from "./start-database.ts";
import { startParts } from "./start-parts.ts";
import { Stopping } from "./stopping.ts";

export const PROJECT_ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface StackOptions {
  /** Holds everything the stack writes; exists already and belongs to this process alone. */
  readonly dataDirectory: string;
  /** False: nothing waits for the disk, because the data is thrown away. */
  readonly durable: boolean;
  /** The port wanted; the next free one is taken. 0: any. */
  readonly port: number;
  /** The provider; without it the fake one is started. */
  readonly upstream?: Upstream;
  /** Serve the dashboard; false saves the build where nobody looks. */
  readonly dashboard: boolean;
  /** Replace functions when their source changes. */
  readonly watch: boolean;
  /** The directory that holds `supabase/` and `web/`. */
  readonly projectRoot?: string;
  /** Told about what a person at the terminal should know. */
  readonly notice: (sentence: string) => void;
}

export interface Stack {
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** As the role `postgres`. */
  readonly dbUrl: string;
  readonly gatewayUrl: string;
  readonly webUrl: string;
  /** Base URL of the fake provider; absent if another one is used. */
  readonly fakeProviderUrl?: string;
  /** Connection URL for another role that may log in. */
  databaseUrl(role: string): string;
  /** Rejects when the database ends without having been asked to, which nothing here survives. */
  readonly died: Promise<never>;
  /** Ids of every process that was started. */
  pids(): number[];
  /** Lets requests finish, then ends everything in reverse order. */
  stop(): Promise<void>;
}

/** Starts a whole Supabase on one port, with migrations applied and the functions running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stopping = new Stopping();
  try {
    return await start(options, stopping);
  } catch (error) {
    await stopping.run();
    throw error;
  }
}

async function start(options: StackOptions, stopping: Stopping): Promise<Stack> {
  const { dataDirectory, notice, projectRoot = PROJECT_ROOT } = options;
  const [config, secrets] = await Promise.all([readProjectConfig(projectRoot), loadSecrets(dataDirectory)]);
  const front = await openFront(options.port);
  stopping.add(() => front.close());

  // The slow beginnings have nothing to do with each other.
  const dist = (options.dashboard ? buildDashboard(projectRoot) : Promise.resolve(distOf(projectRoot))).catch(
    (error: Error) => {
      notice(error.message);
      return distOf(projectRoot);
    },
  );
  const [database, provider] = await Promise.all([
    startDatabase({ dataDirectory, durable: options.durable, projectRoot }, secrets, stopping),
    startProvider(options.upstream, stopping),
  ]);
  const { url } = front;
  const { upstream } = provider;
  const parts = await startParts(
    { projectRoot, dataDirectory, config, secrets, url, database, upstream, watch: options.watch, notice },
    stopping,
  );
  const dashboard = serveDashboard(await dist);
  const providerIsFake = upstream.isFake;
  const { publishableKey, secretKey } = secrets;
  front.open(
    routesTo({ ...parts, url, publishableKey, providerIsFake, dashboard }),
    (request, socket, head) => parts.realtime.handleUpgrade(request, socket, head),
  );
  return {
    url,
    publishableKey,
    secretKey,
    dbUrl: database.server.url(),
    gatewayUrl: `${url}/functions/v1/gateway/v1`,
    webUrl: url,
    ...(provider.fake && { fakeProviderUrl: provider.fake.url }),
    databaseUrl: (role) => database.server.url(role),
    died: database.server.died,
    pids: () => [database.server.pid, ...parts.functions.pids()],
    stop: () => stopping.run(),
  };
}

const distOf = (projectRoot: string): string => join(projectRoot, "web", "dist");

interface Provider {
  readonly upstream: Upstream;
  readonly fake?: FakeProvider;
}

async function startProvider(upstream: Upstream | undefined, stopping: Stopping): Promise<Provider> {
  if (upstream) return { upstream };
  const fake = await startFakeProvider();
  stopping.add(() => fake.close());
  return { upstream: { url: fake.url, isFake: true }, fake };
}
