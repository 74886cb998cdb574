import { App, type DefaultAppConfig } from "@supabase/lite";
import { PostgresConnection } from "@supabase/lite/postgres";
import type { Kysely } from "kysely";
import type { Sql } from "postgres";
import { restoreAuthFunctions } from "../postgres/bootstrap.ts";
import type { ProjectConfig } from "../stack/project-config.ts";
import type { Secrets } from "../stack/secrets.ts";
import { authAdmin } from "./auth-admin.ts";
import { Mailbox } from "./mailbox.ts";

export interface AuthServer {
  fetch(request: Request): Promise<Response>;
  readonly mailbox: Mailbox;
  close(): Promise<void>;
}

export interface AuthOptions {
  readonly config: ProjectConfig;
  readonly secrets: Secrets;
  /** As the superuser. */
  readonly sql: Sql;
  url(role: string): string;
  /** Where the dashboard is: links in mails lead there. */
  readonly siteUrl: string;
}

/** Auth works as the owner of its own tables. It is not a request of an API role, and grants nothing. */
class AuthConnection extends PostgresConnection {
  override withContext<T>(
    _variables: unknown,
    // biome-ignore lint/suspicious/noExplicitAny: the library's own signature
    work: (db: Kysely<any>) => Promise<T>,
    options?: { transaction?: Kysely<unknown> },
  ): Promise<T> {
    return work(options?.transaction ?? this.kysely);
  }
}

/** Sign-up, sign-in and sessions: @supabase/lite's GoTrue as `supabase_auth_admin`. */
export async function startAuth({ config, secrets, sql, url, siteUrl }: AuthOptions): Promise<AuthServer> {
  const connection = new AuthConnection({
    url: url("supabase_auth_admin"),
    postgresOptions: { max: 5, onnotice: () => {} },
  });
  const mailbox = new Mailbox();
  const appConfig: DefaultAppConfig = {
    connection,
    // The Supabase CLI keeps the record of migrations.
    db: { migrations: { enabled: false } },
    auth: {
      ...config.auth,
      enabled: true,
      site_url: siteUrl,
      additional_redirect_urls: [`${siteUrl}/**`],
      jwt_secret: secrets.jwtSecret,
      publishable_key: secrets.publishableKey,
      secret_key: secrets.secretKey,
    },
    studio: { enabled: false },
    options: { server: { disableStudio: true, admin: false }, drivers: { email: mailbox } },
  };
  const app = new App(appConfig);
  await createTables(app, sql);
  const auth = async (request: Request) => app.fetch(request);
  const admin = authAdmin({ secrets, sql, auth });
  return {
    fetch: async (request) => (await admin(request)) ?? auth(request),
    mailbox,
    close: () => connection.close(),
  };
}

/**
 * Makes the tables of Auth that are missing. The library asks for the right to create a schema even if it
 * has nothing to create, and replaces auth.uid() and its sisters: the right is lent and the functions are put
 * back, in this order, before anybody is served.
 */
async function createTables(app: App, sql: Sql): Promise<void> {
  const [row] = await sql<[{ name: string }]>`select quote_ident(current_database()) as name`;
  await sql.unsafe(`grant create on database ${row.name} to supabase_auth_admin`);
  try {
    await app.ensureSystemSchema();
  } finally {
    await sql.unsafe(`revoke create on database ${row.name} from supabase_auth_admin`);
    await restoreAuthFunctions(sql);
  }
}
