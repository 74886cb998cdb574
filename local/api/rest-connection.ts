import { PostgresConnection } from "@supabase/lite/postgres";
import { type Kysely, sql } from "kysely";
import { postgrestError } from "./postgrest-error.ts";
import { requestContext } from "./request-context.ts";
import { VALUE_TYPES } from "./value-types.ts";

type ContextArguments = Parameters<PostgresConnection["withContext"]>;
type Settings = { role: string; [name: string]: string };
type Variables = { auth?: { role?: string; jwt?: Record<string, unknown> | null } };

export interface RestConnectionOptions {
  url(role: string): string;
  /** The first is the default one of requests that name none. */
  readonly schemas: readonly string[];
  readonly extraSearchPath: readonly string[];
  /** Settings of each API role, such as its statement timeout. Logging in would apply them; taking a role does not. */
  readonly roleSettings: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

const pool = (url: string, max: number) => ({
  url,
  postgresOptions: { max, types: VALUE_TYPES, onnotice: () => {} },
});

/**
 * The REST server's connection, with three habits of @supabase/lite changed, because they would let a mistake
 * pass here and fail on hosted Supabase:
 *
 * - It grants the API roles everything in every schema with row level security when its first request comes.
 *   Here nothing is ever granted, and it logs in as a role that could not.
 * - It tells Postgres about the HTTP request for function calls only. Here every request runs like
 *   PostgREST's: one transaction, with role, claims, method, path, headers and search path set for it.
 * - It answers 500 to SQLSTATEs it does not know, such as our own. Here they have PostgREST's statuses.
 */
export class RestConnection extends PostgresConnection {
  readonly #options: RestConnectionOptions;
  /** Runs requests, as a role that holds no right of its own before it takes a request's role. */
  readonly #requests: PostgresConnection;
  /** Reads the catalog, and nothing else. */
  readonly #catalog: PostgresConnection;

  constructor(options: RestConnectionOptions) {
    // What the library asks by itself is whether the session of a token still exists.
    super(pool(options.url("supabase_auth_admin"), 3));
    this.#options = options;
    this.#requests = new PostgresConnection(pool(options.url("authenticator"), 10));
    this.#catalog = new PostgresConnection(pool(options.url("supabase_admin"), 1));
  }

  override introspect(options?: { useCache?: boolean }) {
    return this.#catalog.introspect(options);
  }

  override async clearSchemaCache(): Promise<void> {
    await this.#catalog.clearSchemaCache();
  }

  override async close(): Promise<void> {
    await Promise.all([super.close(), this.#requests.close(), this.#catalog.close()]);
  }

  override async withContext<T>(
    variables: ContextArguments[0],
    // biome-ignore lint/suspicious/noExplicitAny: the library's own signature
    work: (db: Kysely<any>) => Promise<T>,
    options?: ContextArguments[2],
  ): Promise<T> {
    const settings = this.#settings((variables ?? {}) as Variables, options?.rpc?.readOnly);
    try {
      return await this.#requests.kysely.transaction().execute(async (transaction) => {
        const calls = Object.entries(settings).map(
          ([name, value]) => sql`set_config(${name}, ${value}, true)`,
        );
        await sql`select ${sql.join(calls)}`.execute(transaction);
        return await work(transaction);
      });
    } catch (error) {
      // The library knows only some of the SQLSTATEs and answers 500 to the rest. Work on a request yields
      // its response, so a failed one can yield PostgREST's.
      const answer = postgrestError(error, settings.role);
      if (answer) return answer as T;
      throw error;
    }
  }

  #settings(variables: Variables, readOnlyCall?: boolean): Settings {
    const { method = "GET", path = "", headers = {} } = requestContext.getStore() ?? {};
    const role = variables.auth?.role ?? "anon";
    const readOnly = readOnlyCall ?? (method === "GET" || method === "HEAD");
    const profile = headers[readOnly ? "accept-profile" : "content-profile"] ?? this.#options.schemas[0];
    const searchPath = [profile, ...this.#options.extraSearchPath];
    return {
      ...this.#options.roleSettings.get(role),
      "request.jwt.claims": JSON.stringify(variables.auth?.jwt ?? { role }),
      "request.method": method,
      "request.path": path,
      "request.headers": JSON.stringify(headers),
      "response.status": "",
      "response.headers": "",
      search_path: searchPath.map((name) => `"${String(name).replaceAll('"', '""')}"`).join(", "),
      ...(readOnly && { transaction_read_only: "on" }),
      role, // Last: the role itself may not be allowed to change what comes before it.
    };
  }
}
