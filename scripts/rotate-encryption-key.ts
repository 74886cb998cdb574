/**
 * Brings the keys of all provider connections under a new encryption key. Nothing is interrupted: the functions
 * open both meanwhile.
 *
 * 1. Give the functions the new key as NEMO_ENCRYPTION_KEY and the old one as NEMO_RETIRED_ENCRYPTION_KEYS, and
 *    deploy.
 * 2. With the same two in the environment, and the database's address: SUPABASE_DB_URL=… npm run rotate-encryption-key
 * 3. Remove NEMO_RETIRED_ENCRYPTION_KEYS.
 *
 * It logs in as the owner of the database, because no role of the API may read sealed keys.
 */
import { fileURLToPath } from "node:url";
import postgres, { type Sql } from "postgres";
import { type KeyRing, keyRing } from "../supabase/functions/_shared/server/secrets/key-ring.ts";
import { sealContext } from "../supabase/functions/_shared/server/upstream/open-connection.ts";

interface Row {
  readonly id: string;
  readonly organization_id: string;
  readonly base_url: string;
  readonly sealed_key: string;
}

/** Seals every key anew that is not under the ring's newest key; answers how many of how many. All or none. */
export async function resealAll(sql: Sql, ring: KeyRing): Promise<{ resealed: number; keys: number }> {
  return await sql.begin(async (tx) => {
    const rows = await tx<Row[]>`
      select c.id, c.organization_id, c.base_url, k.sealed_key
      from nemo_private.provider_keys k join nemo.provider_connections c on c.id = k.connection_id
      order by c.id for update of k`;
    let resealed = 0;
    for (const row of rows) {
      const sealed = await ring.reseal(row.sealed_key, sealContext(row));
      if (sealed === row.sealed_key) continue;
      await tx`
        update nemo_private.provider_keys set sealed_key = ${sealed}, sealed_at = now() where connection_id = ${row.id}`;
      resealed += 1;
    }
    return { resealed, keys: rows.length };
  });
}

async function main(): Promise<void> {
  const url = process.env.SUPABASE_DB_URL;
  if (!url) throw new Error("SUPABASE_DB_URL is not set: the database's address, as the role postgres.");
  const sql = postgres(url, { max: 1, prepare: false, onnotice: () => {} });
  try {
    const { resealed, keys } = await resealAll(
      sql,
      keyRing((name) => process.env[name]),
    );
    process.stdout.write(`${resealed} of ${keys} keys were sealed anew; all are under the newest key now.\n`);
  } finally {
    await sql.end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
