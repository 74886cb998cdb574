import postgres, { type Sql, type TransactionSql } from "postgres";
import type { Identity } from "./identity.ts";

/** What row level security on `realtime.messages` lets somebody do on a private topic. */
export interface Rights {
  readonly broadcast: { readonly read: boolean; readonly write: boolean };
  readonly presence: { readonly read: boolean; readonly write: boolean };
}

export const EVERYTHING: Rights = {
  broadcast: { read: true, write: true },
  presence: { read: true, write: true },
};

/** Carries the answer out of a transaction that is always rolled back. */
class RolledBack extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super("rolled back");
    this.answer = answer;
  }
}

async function andRollBack<T>(sql: Sql, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  try {
    await sql.begin(async (tx) => {
      throw new RolledBack(await work(tx));
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.answer as T;
    throw error;
  }
  throw new Error("unreachable: the transaction is always rolled back");
}

/** From here on the transaction is a request of this identity on this topic. */
async function become(tx: TransactionSql, identity: Identity, topic: string): Promise<void> {
  const sub = typeof identity.claims.sub === "string" ? identity.claims.sub : "";
  await tx`select set_config('realtime.topic', ${topic}, true),
                  set_config('request.jwt.claims', ${JSON.stringify(identity.claims)}, true),
                  set_config('request.jwt.claim.sub', ${sub}, true),
                  set_config('request.jwt.claim.role', ${identity.role}, true),
                  set_config('request.headers', '{}', true),
                  set_config('role', ${identity.role}, true)`;
}

/**
 * Asks the policies the way the real server does: it writes a row of each kind as the superuser, looks which
 * of them the identity can see, tries to write such rows as the identity, and rolls everything back.
 */
export async function rightsOn(sql: Sql, topic: string, identity: Identity): Promise<Rights> {
  return await andRollBack(sql, async (tx) => {
    const probes = await tx<{ id: string }[]>`
      insert into realtime.messages (topic, extension, private)
      values (${topic}, 'broadcast', true), (${topic}, 'presence', true) returning id`;
    await become(tx, identity, topic);
    const ids = probes.map(({ id }) => id);
    const seen = await orRefused<{ extension: string }[]>(tx, [], async (inner) => [
      ...(await inner<{ extension: string }[]>`
        select extension from realtime.messages where id = any(${ids}::uuid[])`),
    ]);
    const readable = new Set(seen.map(({ extension }) => extension));
    const mayWrite = (extension: string) =>
      orRefused<boolean>(tx, false, async (inner) => {
        await inner`insert into realtime.messages (topic, extension, private) values (${topic}, ${extension}, true)`;
        return true;
      });
    return {
      broadcast: { read: readable.has("broadcast"), write: await mayWrite("broadcast") },
      presence: { read: readable.has("presence"), write: await mayWrite("presence") },
    };
  });
}

/**
 * Which of these messages the identity may read at this moment. Asked before every delivery, so that somebody
 * who has lost access hears nothing more, on a channel that was opened before as well.
 */
export async function readableMessages(
  sql: Sql,
  topic: string,
  identity: Identity,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await andRollBack(sql, async (tx) => {
    await become(tx, identity, topic);
    return await orRefused<{ id: string }[]>(tx, [], async (inner) => [
      ...(await inner<
        { id: string }[]
      >`select id from realtime.messages where id = any(${[...ids]}::uuid[])`),
    ]);
  });
  return new Set(rows.map(({ id }) => id));
}

/** A refusal by the database is an answer; anything else that goes wrong is not. */
async function orRefused<T>(
  tx: TransactionSql,
  whenRefused: T,
  work: (inner: TransactionSql) => Promise<T>,
): Promise<T> {
  try {
    return (await tx.savepoint(work)) as T;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "42501") return whenRefused;
    throw error;
  }
}
