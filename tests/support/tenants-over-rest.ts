import postgres, { type TransactionSql } from "postgres";
import { createFullTenant, type FullTenant } from "../../supabase/tests/support/full-tenant.ts";
import type { TestDatabase, Work } from "./database.ts";
import type { Client, TestStack } from "./stack.ts";

/** Tenants in the running stack's database, with a signed-in supabase-js client for each person. */
export interface TenantsOverRest {
  readonly database: TestDatabase;
  createTenant(): Promise<FullTenant>;
  clientOf(userId: string): Client;
  end(): Promise<void>;
}

/** People sign up through Auth; the rest of a tenant is set up in SQL, as the database tests set theirs up. */
export function tenantsOverRest(stack: TestStack): TenantsOverRest {
  const sql = postgres(stack.dbUrl, { max: 4, onnotice: () => {} });
  const clients = new Map<string, Client>();
  const asRole = async <T>(role: string, claims: object | null, work: Work<T>): Promise<T> =>
    (await sql.begin(async (tx: TransactionSql) => {
      await tx`select set_config('request.jwt.claims', ${claims ? JSON.stringify(claims) : ""}, true),
                      set_config('search_path', 'nemo, public, extensions', true), set_config('role', ${role}, true)`;
      return await work(tx);
    })) as T;
  const database: TestDatabase = {
    sql,
    url: stack.dbUrl,
    urlAs: () => stack.dbUrl,
    asRole,
    asUser: (userId, work) => asRole("authenticated", { sub: userId, role: "authenticated" }, work),
    asAnon: (work) => asRole("anon", { role: "anon" }, work),
    asServiceRole: (work) => asRole("service_role", { role: "service_role" }, work),
    createUser: async () => {
      const person = await stack.signUp();
      clients.set(person.userId, person.client);
      return person.userId;
    },
    drop: () => sql.end(),
  };
  return {
    database,
    createTenant: () => createFullTenant(database),
    clientOf: (userId) => clients.get(userId)!,
    end: () => sql.end(),
  };
}
