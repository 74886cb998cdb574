import type { TestDatabase } from "../../../tests/support/database.ts";

/**
 * pg_cron, pg_net and Vault are not in the embedded Postgres. Tables and functions of their names, columns, arguments
 * and rights stand for them; a server that has the extensions (NEMO_TEST_DATABASE_URL) is used as it is.
 */
export async function standInForExtensions(db: TestDatabase): Promise<void> {
  const [present] = await db.sql`select from pg_extension where extname = 'pg_net'`;
  if (present) return;
  await db.asRole("supabase_admin", null, (tx) => tx.unsafe(STAND_INS));
}

/** Puts a secret into Vault as its documentation says. */
export async function storeSecret(db: TestDatabase, name: string, secret: string): Promise<void> {
  await db.sql`select vault.create_secret(${secret}, ${name})`;
}

const STAND_INS = `
  create schema cron;
  create table cron.job (jobid bigint generated always as identity, schedule text not null, command text not null,
    nodename text not null default 'localhost', nodeport integer not null default 5432, database text not null default current_database(),
    username text not null default current_user, active boolean not null default true, jobname text, unique (jobname, username));
  create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql security definer as $$
    insert into cron.job (jobname, schedule, command, username) values ($1, $2, $3, session_user)
    on conflict (jobname, username) do update set schedule = excluded.schedule, command = excluded.command returning jobid $$;
  create table cron.job_run_details (jobid bigint, runid bigint primary key, start_time timestamptz);
  grant usage on schema cron to postgres;
  grant select on cron.job to postgres;
  grant select, insert, delete on cron.job_run_details to postgres;

  create schema net;
  create table net.http_request_queue (id bigint generated always as identity, method text not null, url text not null,
    headers jsonb, body bytea, timeout_milliseconds integer not null);
  create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}',
    headers jsonb default '{"Content-Type": "application/json"}', timeout_milliseconds integer default 5000) returns bigint language sql as $$
    insert into net.http_request_queue (method, url, headers, body, timeout_milliseconds)
    values ('POST', $1, $4, convert_to($2::text, 'UTF8'), $5) returning id $$;
  grant usage on schema net to public;
  grant all on all tables in schema net to public;

  create table vault.secrets (id uuid default gen_random_uuid(), name text unique, secret text not null);
  create view vault.decrypted_secrets as select id, name, secret as decrypted_secret from vault.secrets;
  create function vault.create_secret(new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null)
    returns uuid language sql security definer as $$ insert into vault.secrets (name, secret) values ($2, $1) returning id $$;
  grant select, delete on vault.secrets, vault.decrypted_secrets to postgres;`;
