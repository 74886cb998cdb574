import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type AuthServer, startAuth } from "../api/start-auth.ts";
import { type RestServer, startRest } from "../api/start-rest.ts";
import { type FunctionRunner, startFunctions } from "../functions/function-runner.ts";
import { type RealtimeServer, startRealtime } from "../realtime/realtime-server.ts";
import { environmentOf, functionEnvironment, type Upstream } from "./environment.ts";
import type { ProjectConfig } from "./project-config.ts";
import type { Secrets } from "./secrets.ts";
import type { Database } from "./start-database.ts";
import type { Stopping } from "./stopping.ts";

export interface PartsOptions {
  readonly projectRoot: string;
  readonly dataDirectory: string;
  readonly config: ProjectConfig;
  readonly secrets: Secrets;
  /** Of the one port. */
  readonly url: string;
  readonly database: Database;
  readonly upstream: Upstream;
  readonly watch: boolean;
  readonly notice: (sentence: string) => void;
}

export interface RunningParts {
  readonly auth: AuthServer;
  readonly rest: RestServer;
  readonly realtime: RealtimeServer;
  readonly functions: FunctionRunner;
}

/** Everything that speaks to the database: Auth, REST, Realtime and the functions. */
export async function startParts(options: PartsOptions, stopping: Stopping): Promise<RunningParts> {
  const { config, secrets, database, notice } = options;
  const { server, sql } = database;
  const databaseUrl = (role: string) => server.url(role);
  const functions = startFunctions({
    projectRoot: options.projectRoot,
    config,
    environment: functionEnvironment({ ...options, databaseUrl, hasGatewayRole: database.hasGatewayRole }),
    environmentOf,
    watch: options.watch,
    notice,
    log: logTo(join(options.dataDirectory, "functions.log")),
  });
  stopping.add(() => functions.stop());
  const toStop = <T extends { close(): Promise<void> }>(part: T): T => {
    stopping.add(() => part.close());
    return part;
  };
  const [auth, realtime] = await Promise.all([
    startAuth({ config, secrets, sql, url: databaseUrl, siteUrl: options.url }).then(toStop),
    startRealtime({ secrets, sql, url: databaseUrl("supabase_admin") }).then(toStop),
  ]);
  const rest = toStop(await startRest({ config, secrets, sql, url: databaseUrl }));
  // A function that does not start is told, and answered with 503; the rest is of use without it.
  await Promise.all(
    functions.names.map((name) => functions.port(name).catch((error: Error) => notice(error.message))),
  );
  return { functions, auth, rest, realtime };
}

/** Lines go to the file in the order they came; it holds those of this run. */
function logTo(file: string): (name: string, line: string) => void {
  let writing: Promise<void> = writeFile(file, "").catch(() => {});
  return (name, line) => {
    writing = writing.then(() => appendFile(file, `${name}: ${line}\n`)).catch(() => {});
  };
}
