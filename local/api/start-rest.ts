import { App, type DefaultAppConfig } from "@supabase/lite";
import type { Sql } from "postgres";
import type { ApiConfig, ProjectConfig } from "../stack/project-config.ts";
import type { Secrets } from "../stack/secrets.ts";
import { contextOf, requestContext } from "./request-context.ts";
import { RestConnection } from "./rest-connection.ts";

export interface RestServer {
  fetch(request: Request): Promise<Response>;
  /** Forgets what it knows of tables and functions. */
  reloadSchema(): Promise<void>;
  close(): Promise<void>;
}

export interface RestOptions {
  readonly config: ProjectConfig;
  readonly secrets: Secrets;
  /** As the superuser. */
  readonly sql: Sql;
  url(role: string): string;
}

/** The Data API: @supabase/lite's PostgREST on a connection that behaves like PostgREST's. */
export async function startRest({ config, secrets, sql, url }: RestOptions): Promise<RestServer> {
  const connection = new RestConnection({
    url,
    schemas: config.api.schemas,
    extraSearchPath: config.api.extra_search_path,
    roleSettings: await readRoleSettings(sql),
  });
  const app = newApp(connection, config.api, secrets);
  const reloadSchema = () => connection.clearSchemaCache();
  // PostgREST listens to this channel; migrations, and a trigger on any change of the schema, speak on it.
  const listener = await sql.listen("pgrst", (payload) => {
    if (payload === "" || payload === "reload schema") void reloadSchema();
  });
  return {
    fetch: async (request) => requestContext.run(contextOf(request), async () => app.fetch(request)),
    reloadSchema,
    close: async () => {
      await listener.unlisten().catch(() => {});
      await connection.close();
    },
  };
}

function newApp(connection: RestConnection, api: ApiConfig, secrets: Secrets): App {
  const config: DefaultAppConfig = {
    connection,
    api: { ...api, schemas: [...api.schemas], extra_search_path: [...api.extra_search_path] },
    auth: {
      enabled: true,
      jwt_secret: secrets.jwtSecret,
      publishable_key: secrets.publishableKey,
      secret_key: secrets.secretKey,
    },
    studio: { enabled: false },
    options: { server: { disableStudio: true, admin: false } },
  };
  return new App(config);
}

/** `alter role authenticated set …`, as name → settings. */
async function readRoleSettings(sql: Sql): Promise<Map<string, Record<string, string>>> {
  const rows = await sql<{ role: string; settings: string[] }[]>`
    select rolname as role, setconfig as settings
    from pg_db_role_setting join pg_roles on pg_roles.oid = setrole
    where rolname in ('anon', 'authenticated', 'service_role')`;
  const pair = (setting: string): [string, string] => {
    const at = setting.indexOf("=");
    return [setting.slice(0, at), setting.slice(at + 1)];
  };
  return new Map(rows.map(({ role, settings }) => [role, Object.fromEntries(settings.map(pair))]));
}
