import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";

/** Rules every table and function keeps, those of later migrations included. Each query finds offenders. */
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const ours = "('nemo', 'nemo_private')";

async function offenders(query: string): Promise<string[]> {
  const rows = await db.sql.unsafe(query);
  return rows.map((row) => row.offender as string);
}

it("every table has row level security, also for its owner", async () => {
  expect(
    await offenders(`
      select c.oid::regclass::text as offender from pg_class c
      where c.relnamespace::regnamespace::text in ${ours} and c.relkind in ('r', 'p') and not c.relispartition
        and not (c.relrowsecurity and c.relforcerowsecurity)`),
  ).toEqual([]);
});

it("every partition has row level security, so that it cannot be read past its parent", async () => {
  expect(
    await offenders(`
      select c.oid::regclass::text as offender from pg_class c
      where c.relnamespace::regnamespace::text in ${ours} and c.relispartition and c.relkind in ('r', 'p') and not c.relrowsecurity`),
  ).toEqual([]);
});

it("every exposed table carries its tenant, but for the tenant itself", async () => {
  expect(
    await offenders(`
      select c.relname as offender from pg_class c
      where c.relnamespace = 'nemo'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> 'organizations'
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')`),
  ).toEqual([]);
});

it("every policy is for signed-in people alone", async () => {
  expect(
    await offenders(`
      select tablename || ': ' || policyname as offender from pg_policies
      where (schemaname in ${ours} or schemaname = 'realtime') and roles <> '{authenticated}'`),
  ).toEqual([]);
});

it("every policy asks for memberships once per statement, not once per row", async () => {
  expect(
    await offenders(String.raw`
      select tablename || ': ' || policyname as offender
      from pg_policies, lateral (select coalesce(qual, '') || coalesce(with_check, '') as condition) p
      where schemaname = 'nemo'
        and regexp_count(condition, '(my_organizations|my_deleted_templates|auth\.\w+|current_setting)\(')
            <> regexp_count(condition, 'SELECT (nemo_private\.)?(my_organizations|my_deleted_templates|auth\.\w+)\(')`),
  ).toEqual([]);
});

it("what belongs to a deleted template is hidden with it, but for what was done and what was used", async () => {
  expect(
    await offenders(`
      select c.relname as offender from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'template_id' and not a.attisdropped
      where c.relnamespace = 'nemo'::regnamespace and c.relkind in ('r', 'p')
        and exists (
          select from pg_policies p where p.schemaname = 'nemo' and p.tablename = c.relname
            and coalesce(p.qual, '') not like '%my_deleted_templates%')
      order by 1`),
  ).toEqual(["access_denials", "audit_log", "prompt_logs", "prompt_rollups"]);
});

it("every column a policy compares leads an index", async () => {
  expect(
    await offenders(`
      select p.tablename || '.organization_id' as offender
      from pg_policies p join pg_class c on c.oid = (quote_ident(p.schemaname) || '.' || quote_ident(p.tablename))::regclass
      where p.schemaname = 'nemo' and p.tablename <> 'organizations'
        and not exists (
          select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
          where i.indrelid = c.oid and a.attname = 'organization_id' and i.indpred is null)`),
  ).toEqual([]);
});

it("every foreign key has an index that begins with its columns", async () => {
  expect(
    await offenders(`
      select k.conrelid::regclass || ': ' || k.conname as offender from pg_constraint k
      where k.contype = 'f' and k.connamespace::regnamespace::text in ${ours} and k.conparentid = 0
        and not exists (
          select from pg_index i
          where i.indrelid = k.conrelid
            and (string_to_array(i.indkey::text, ' ')::smallint[])[1:cardinality(k.conkey)] @> k.conkey)`),
  ).toEqual([]);
});

it("every function has a fixed, empty search path", async () => {
  expect(
    await offenders(`
      select p.oid::regprocedure::text as offender from pg_proc p
      where p.pronamespace::regnamespace::text in ${ours}
        and not coalesce(p.proconfig, '{}') @> array['search_path=""']`),
  ).toEqual([]);
});

it("nothing is executable by everybody or by people who are not signed in", async () => {
  expect(
    await offenders(`
      select p.oid::regprocedure::text as offender from pg_proc p
      where p.pronamespace::regnamespace::text in ${ours}
        and (has_function_privilege('anon', p.oid, 'execute') or p.proacl is null
             or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`),
  ).toEqual([]);
});

it("people may execute no private helper but the ones policies call, and the server none", async () => {
  const executableBy = (role: string) =>
    offenders(`
      select p.proname as offender from pg_proc p
      where p.pronamespace = 'nemo_private'::regnamespace and has_function_privilege('${role}', p.oid, 'execute')
      order by 1`);
  expect(await executableBy("authenticated")).toEqual([
    "my_deleted_templates",
    "my_organizations",
    "topic_organization",
  ]);
  expect(await executableBy("service_role")).toEqual([]);
});

it("a function has its owner's rights only where somebody may call it, or where it watches a table of another's or a commit", async () => {
  expect(
    await offenders(`
      select p.oid::regprocedure::text as offender from pg_proc p
      where p.pronamespace::regnamespace::text in ${ours} and p.prosecdef
        and not has_function_privilege('authenticated', p.oid, 'execute')
        and not has_function_privilege('service_role', p.oid, 'execute')
        and not has_function_privilege('nemo_gateway', p.oid, 'execute')
        and not exists (
          select from pg_trigger t join pg_class c on c.oid = t.tgrelid
          where t.tgfoid = p.oid and (t.tgdeferrable or c.relnamespace::regnamespace::text not in ${ours}))`),
  ).toEqual([]);
});

it("every point in time has its time zone", async () => {
  expect(
    await offenders(`
      select c.oid::regclass || '.' || a.attname as offender from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace::regnamespace::text in ${ours} and a.attnum > 0 and a.atttypid in ('timestamp'::regtype, 'time'::regtype)`),
  ).toEqual([]);
});

it("no amount of money is a floating point number", async () => {
  expect(
    await offenders(`
      select c.oid::regclass || '.' || a.attname as offender from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace::regnamespace::text in ${ours} and a.attnum > 0 and a.attname like '%nanousd%' and a.atttypid <> 'bigint'::regtype`),
  ).toEqual([]);
});

it("the gateway's role may execute the gateway's functions and nothing else", async () => {
  expect(
    await offenders(`
      select p.oid::regprocedure::text as offender from pg_proc p
      where p.pronamespace::regnamespace::text in ${ours} and p.proname not like 'gateway\\_%'
        and has_function_privilege('nemo_gateway', p.oid, 'execute')`),
  ).toEqual([]);
});

it("people who are not signed in may not even enter", async () => {
  expect(
    await offenders(`
      select n.nspname as offender from pg_namespace n
      where n.nspname in ${ours} and has_schema_privilege('anon', n.oid, 'usage')`),
  ).toEqual([]);
});

it("the gateway's role has no right on any table", async () => {
  expect(
    await offenders(`
      select c.oid::regclass::text as offender from pg_class c
      where c.relnamespace::regnamespace::text in ${ours} and c.relkind in ('r', 'p', 'v', 'm', 'S')
        and has_table_privilege('nemo_gateway', c.oid, 'select, insert, update, delete, truncate, references, trigger')`),
  ).toEqual([]);
});

it("tables, columns and functions are explained", async () => {
  expect(
    await offenders(`
      select c.oid::regclass || coalesce('.' || a.attname, '') as offender
      from pg_class c
      left join lateral (
        select attname, attnum from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
        union all select null, 0) a on true
      where c.relnamespace::regnamespace::text in ${ours} and c.relkind in ('r', 'p', 'v') and not c.relispartition
        and col_description(c.oid, a.attnum) is null and (a.attnum > 0 or obj_description(c.oid, 'pg_class') is null)
      union all
      select p.oid::regprocedure::text from pg_proc p
      where p.pronamespace::regnamespace::text in ${ours} and obj_description(p.oid, 'pg_proc') is null`),
  ).toEqual([]);
});
