import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres, { type Sql } from "postgres";
import { startAuth } from "../api/start-auth.ts";
import { startRest } from "../api/start-rest.ts";
import { buildDashboard } from "../dashboard/build-dashboard.ts";
import { serveDashboard } from "../dashboard/serve-dashboard.ts";
import { type FakeProvider, startFakeProvider } from "../fake-provider/start-fake-provider.ts";
import { startFunctions } from "../functions/function-runner.ts";
import { applyMigrations } from "../postgres/apply-migrations.ts";
import { bootstrap, setPassword } from "../postgres/bootstrap.ts";
import { type RunningPostgres, startPostgres } from "../postgres/start-postgres.ts";
import { startRealtime } from "../realtime/realtime-server.ts";
import { ensureDemo } from "./demo.ts";
import { functionEnvironment, type Upstream } from "./environment.ts";
import { type Front, openFront } from "./front.ts";
import { type ProjectConfig, readProjectConfig } from "./project-config.ts";
import { routesTo } from "./routes.ts";
import { loadSecrets, type Secrets } from "./secrets.ts";
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
  /** Seed the demo if the data has none. */
  readonly seed: boolean;
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

  // The three slow beginnings have nothing to do with each other.
  const dashboard = options.dashboard ? buildDashboard(projectRoot) : Promise.resolve(distOf(projectRoot));
  const handlingBuild = dashboard.catch((error: Error) => {
    notice(error.message);
    return distOf(projectRoot);
  });
  const [database, provider] = await Promise.all([
    startDatabase(options, secrets, projectRoot, stopping),
    startProvider(options.upstream, stopping),
  ]);
  const parts = await startParts({
    options,
    config,
    secrets,
    front,
    database,
    provider,
    stopping,
    projectRoot,
  });
  const dist = await handlingBuild;
  front.open(
    routesTo({
      ...parts,
      url: front.url,
      publishableKey: secrets.publishableKey,
      providerIsFake: provider.upstream.isFake,
      dashboard: serveDashboard(dist),
    }),
    (request, socket, head) => parts.realtime.handleUpgrade(request, socket, head),
  );
  const stack: Stack = {
    url: front.url,
    publishableKey: secrets.publishableKey,
    secretKey: secrets.secretKey,
    dbUrl: database.server.url(),
    gatewayUrl: `${front.url}/functions/v1/gateway/v1`,
    webUrl: front.url,
    ...(provider.fake && { fakeProviderUrl: provider.fake.url }),
    databaseUrl: (role) => database.server.url(role),
    pids: () => [database.server.pid, ...parts.functions.pids()],
    stop: () => stopping.run(),
  };
  if (options.seed) await ensureDemo(stack, dataDirectory);
  return stack;
}

const distOf = (projectRoot: string): string => join(projectRoot, "web", "dist");

interface Database {
  readonly server: RunningPostgres;
  readonly sql: Sql;
  readonly hasGatewayRole: boolean;
}

async function startDatabase(
  { dataDirectory, durable }: StackOptions,
  { databasePassword }: Secrets,
  projectRoot: string,
  stopping: Stopping,
): Promise<Database> {
  const server = await startPostgres({
    dataDirectory: join(dataDirectory, "postgres"),
    password: databasePassword,
    durable,
  });
  stopping.add(() => server.stop());
  const sql = postgres(server.url("supabase_admin"), { max: 8, onnotice: () => {} });
  stopping.add(() => sql.end({ timeout: 2 }));
  await bootstrap(sql, databasePassword);
  await applyMigrations(server.url(), projectRoot);
  const [role] = await sql`select 1 from pg_roles where rolname = 'nemo_gateway'`;
  if (role) await setPassword(sql, "nemo_gateway", databasePassword);
  return { server, sql, hasGatewayRole: role !== undefined };
}

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

interface PartsOptions {
  readonly options: StackOptions;
  readonly config: ProjectConfig;
  readonly secrets: Secrets;
  readonly front: Front;
  readonly database: Database;
  readonly provider: Provider;
  readonly stopping: Stopping;
  readonly projectRoot: string;
}

async function startParts(all: PartsOptions) {
  const { options, config, secrets, front, database, provider, stopping, projectRoot } = all;
  const { server, sql, hasGatewayRole } = database;
  const url = (role: string) => server.url(role);
  const functions = startFunctions({
    projectRoot,
    config,
    environment: functionEnvironment({
      url: front.url,
      secrets,
      upstream: provider.upstream,
      databaseUrl: url,
      hasGatewayRole,
    }),
    watch: options.watch,
    notice: options.notice,
    log: logTo(join(options.dataDirectory, "functions.log")),
  });
  stopping.add(() => functions.stop());
  const [auth, realtime] = await Promise.all([
    startAuth({ config, secrets, sql, url, siteUrl: front.url }),
    startRealtime({ secrets, sql, url: url("supabase_admin") }),
  ]);
  stopping.add(() => auth.close());
  stopping.add(() => realtime.close());
  const rest = await startRest({ config, secrets, sql, url });
  stopping.add(() => rest.close());
  await Promise.all(functions.names.map((name) => reportBoot(functions.port(name), name, options.notice)));
  return { functions, auth, rest, realtime };
}

/** A function that does not start is told and answered with 503; the rest of the stack is of use without it. */
async function reportBoot(
  port: Promise<number>,
  name: string,
  notice: (sentence: string) => void,
): Promise<void> {
  await port.catch(() =>
    notice(`The function ${name} does not start; functions.log in the data folder says why.`),
  );
}

/** Lines go to the file in the order they came. */
function logTo(file: string): (name: string, line: string) => void {
  let writing: Promise<void> = Promise.resolve();
  return (name, line) => {
    writing = writing.then(() => appendFile(file, `${name}: ${line}\n`)).catch(() => {});
  };
}
