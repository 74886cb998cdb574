import { setTimeout as sleep } from "node:timers/promises";
import type { ReservedSql } from "postgres";
import type { TestDatabase } from "../../../tests/support/database.ts";

/** Tables, with their schema, of which somebody has locked at least one row of this organization. */
export async function lockedTables(
  db: TestDatabase,
  organizationId: string,
  schemas = ["nemo"],
): Promise<string[]> {
  const tables = await db.sql`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace::regnamespace::text in ${db.sql(schemas)} and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id') order by 1`;
  const locked: string[] = [];
  for (const { name } of tables) {
    await db.sql
      .begin((tx) =>
        tx.unsafe(`select from ${name} where organization_id = $1 for update nowait`, [organizationId]),
      )
      .catch((error) => {
        if (error.code !== "55P03") throw error;
        locked.push(name);
      });
  }
  return locked;
}

/** Sessions that wait for a lock; the server's own housekeeping may do so, too, and is none. */
const whoeverWaits = (tx: ReservedSql) => tx`
  select pid from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and backend_type = 'client backend'`;

/** What whoever deletes the organization does first. */
export const asForDeletion = (organizationId: string) => (tx: ReservedSql) =>
  tx`select from nemo.organizations where id = ${organizationId} for update`;

/**
 * What some work does while somebody else holds what `hold` locks: "waits, holding nothing", or what it locked before
 * it came to wait, or how it ended without waiting. The work is cancelled before it can go on.
 */
export async function whileHeld(
  db: TestDatabase,
  hold: (tx: ReservedSql) => PromiseLike<unknown>,
  work: () => Promise<unknown>,
  locked: () => Promise<string[]>,
): Promise<string> {
  const holder = await db.sql.reserve();
  try {
    await holder`begin`;
    await hold(holder);
    let ended: string | undefined;
    const running = work().then(
      () => (ended = "did not wait"),
      (error) => (ended = `failed: ${error.code} ${error.message}`),
    );
    while (!ended) {
      const [waiting] = await whoeverWaits(holder);
      if (!waiting) {
        await sleep(5);
        continue;
      }
      const held = await locked();
      await db.asRole("supabase_admin", null, (tx) => tx`select pg_cancel_backend(${waiting.pid})`);
      await running;
      return held.length === 0 ? "waits, holding nothing" : `waits, holding rows of ${held.join(", ")}`;
    }
    return ended;
  } finally {
    await holder`rollback`;
    holder.release();
  }
}

/** The code with which `second` is refused that began while `first` was not yet committed, and waited for it. */
export async function afterCommit(
  db: TestDatabase,
  first: (tx: ReservedSql) => PromiseLike<unknown>,
  second: () => Promise<unknown>,
): Promise<string> {
  const holder = await db.sql.reserve();
  try {
    await holder`begin`;
    await first(holder);
    let ended = false;
    const running = second().then(
      () => "done",
      (error) => (error as { code: string }).code,
    );
    void running.finally(() => (ended = true));
    for (;;) {
      const [waiting] = await whoeverWaits(holder);
      if (waiting || ended) break;
      await sleep(5);
    }
    await holder`commit`;
    return await running;
  } finally {
    holder.release();
  }
}
