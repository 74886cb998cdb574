import { randomBytes, randomUUID } from "node:crypto";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { inject } from "vitest";

/** What a request does with the database, in the transaction it gets. */
export type Work<T> = (tx: TransactionSql) => Promise<T> | T;

export interface TestDatabase {
  /** The role `postgres`, as migrations and Edge Functions with SUPABASE_DB_URL see the database. */
  readonly sql: Sql;
  readonly url: string;
  /** URL of this database for another role that may log in. */
  urlAs(role: string): string;
  /** A request of a signed-in user, as PostgREST runs it: committed when `work` is done, undone if it throws. */
  asUser<T>(userId: string, work: Work<T>): Promise<T>;
  /** A request without a session. */
  asAnon<T>(work: Work<T>): Promise<T>;
  /** A request with the secret key. */
  asServiceRole<T>(work: Work<T>): Promise<T>;
  /** Work under any role, for example `nemo_gateway`. */
  asRole<T>(role: string, claims: object | null, work: Work<T>): Promise<T>;
  /** Signs somebody up, as far as the database is concerned, and answers their id. */
  createUser(email: string): Promise<string>;
  drop(): Promise<void>;
}

function withRole(url: string, role: string, database: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.pathname = `/${database}`;
  return changed.href;
}

/**
 * A database of its own for a test file, with every migration applied and no data. Roles are shared with the
 * other test files, as they belong to the cluster.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = inject("databaseAdminUrl");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(admin, `create database ${name} template ${inject("databaseTemplate")} owner postgres`);
  const url = withRole(admin, "postgres", name);
  const sql = postgres(url, { max: 8, onnotice: () => {} });
  // As the superuser, because a role's members only, and postgres is not in all of them, may take it on.
  const requests = postgres(withRole(admin, "supabase_admin", name), { max: 8, onnotice: () => {} });

  const asRole = async <T>(role: string, claims: object | null, work: Work<T>): Promise<T> => {
    const result = await requests.begin(async (tx) => {
      // Both at once and for this transaction only, in the order PostgREST uses.
      await tx`select set_config('request.jwt.claims', ${claims ? JSON.stringify(claims) : ""}, true),
                      set_config('search_path', 'nemo, public, extensions', true),
                      set_config('role', ${role}, true)`;
      return await work(tx);
    });
    return result as T;
  };

  return {
    sql,
    url,
    urlAs: (role) => withRole(admin, role, name),
    asRole,
    asUser: async (userId, work) => asRole("authenticated", { sub: userId, role: "authenticated" }, work),
    asAnon: (work) => asRole("anon", { role: "anon" }, work),
    asServiceRole: (work) => asRole("service_role", { role: "service_role" }, work),
    createUser: async (email) => {
      const id = randomUUID();
      await requests`
        insert into auth.users (id, instance_id, aud, role, email, email_confirmed_at, created_at, updated_at)
        values (${id}, ${"00000000-0000-0000-0000-000000000000"}, 'authenticated', 'authenticated', ${email},
                now(), now(), now())`;
      return id;
    },
    drop: async () => {
      await Promise.all([sql.end(), requests.end()]);
      await administer(admin, `drop database ${name} with (force)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
