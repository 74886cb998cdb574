import { existsSync, type FSWatcher, watch } from "node:fs";
import { join, resolve } from "node:path";
import type { ProjectConfig } from "../stack/project-config.ts";
import type { FunctionSource } from "./function-process.ts";
import { FunctionSupervisor } from "./function-supervisor.ts";

export interface FunctionRunnerOptions {
  readonly projectRoot: string;
  readonly config: ProjectConfig;
  readonly environment: Readonly<Record<string, string>>;
  /** What one of them gets of it; by default all. */
  readonly environmentOf?: (
    name: string,
    environment: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
  readonly log: (name: string, line: string) => void;
  readonly notice: (sentence: string) => void;
  /** Replace functions when a file under `supabase/functions` changes. */
  readonly watch: boolean;
}

export interface FunctionRunner {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Where the function listens now. Rejects if it does not come up. */
  port(name: string): Promise<number>;
  pids(): number[];
  stop(): Promise<void>;
}

/** Edits come in bursts, and editors write a file in several steps. */
const SETTLE_MS = 150;

/** The functions that config.toml enables and whose entry point exists. */
function findFunctions(projectRoot: string, config: ProjectConfig): FunctionSource[] {
  const supabase = join(projectRoot, "supabase");
  return Object.entries(config.functions).flatMap(([name, settings]) => {
    const entrypoint = resolve(supabase, settings.entrypoint ?? `functions/${name}/index.ts`);
    if (settings.enabled === false || !existsSync(entrypoint)) return [];
    const map = resolve(supabase, settings.import_map ?? `functions/${name}/deno.json`);
    return [{ name, entrypoint, ...(existsSync(map) && { config: map }) }];
  });
}

/** Starts every Edge Function of the project, all at once. */
export function startFunctions(options: FunctionRunnerOptions): FunctionRunner {
  const { projectRoot, config, notice, environmentOf = (_name, all) => all } = options;
  const supervisors = new Map(
    findFunctions(projectRoot, config).map((source) => {
      const log = (line: string) => options.log(source.name, line);
      const environment = environmentOf(source.name, options.environment);
      return [source.name, new FunctionSupervisor({ source, environment, log, notice })] as const;
    }),
  );
  const all = () => [...supervisors.values()];
  const watcher = options.watch
    ? watchSource(join(projectRoot, "supabase", "functions"), () =>
        Promise.all(all().map((supervisor) => supervisor.replace())),
      )
    : undefined;
  return {
    names: [...supervisors.keys()],
    has: (name) => supervisors.has(name),
    port: (name) => supervisors.get(name)?.port() ?? Promise.reject(new Error(`no function ${name}`)),
    pids: () => all().map((supervisor) => supervisor.pid),
    stop: async () => {
      watcher?.close();
      await Promise.all(all().map((supervisor) => supervisor.stop()));
    },
  };
}

function watchSource(directory: string, changed: () => Promise<unknown>): FSWatcher | undefined {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  try {
    return watch(directory, { recursive: true }, (_event, file) => {
      if (file && (/\.test\.ts$/.test(file) || !/\.(ts|json)$/.test(file))) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(changed);
      }, SETTLE_MS);
    });
  } catch {
    return undefined; // No such directory, or a file system without notifications.
  }
}
