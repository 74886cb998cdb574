import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";

export interface ApiConfig {
  readonly schemas: readonly string[];
  readonly extra_search_path: readonly string[];
  readonly max_rows: number;
}

export interface FunctionConfig {
  readonly enabled?: boolean;
  readonly entrypoint?: string;
  readonly import_map?: string;
}

/** The parts of `supabase/config.toml` that the local stack honours. */
export interface ProjectConfig {
  readonly api: ApiConfig;
  readonly auth: Readonly<Record<string, unknown>>;
  readonly functions: Readonly<Record<string, FunctionConfig>>;
}

/** Reads the same file that configures a real project. */
export async function readProjectConfig(projectRoot: string): Promise<ProjectConfig> {
  const config = parse(await readFile(join(projectRoot, "supabase", "config.toml"), "utf8"));
  return {
    api: {
      schemas: ["public"],
      extra_search_path: ["public", "extensions"],
      max_rows: 1000,
      ...(config.api as object),
    },
    auth: { ...(config.auth as object) },
    functions: { ...(config.functions as object) } as Record<string, FunctionConfig>,
  };
}
