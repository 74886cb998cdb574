import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";

/** The local database has to refuse what hosted Supabase refuses, or migrations would pass here and fail there. */
describe("the database before our migrations", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test("postgres is not a superuser", async () => {
    const [row] =
      await database.sql`select current_user as role, rolsuper from pg_roles where rolname = current_user`;
    expect(row).toEqual({ role: "postgres", rolsuper: false });
  });

  test("postgres cannot create anything in auth or realtime", async () => {
    const { sql } = database;
    await expect(sql`create table auth.mine (id int)`).rejects.toThrow("permission denied for schema auth");
    await expect(sql`create function auth.mine() returns int language sql as 'select 1'`).rejects.toThrow(
      "permission denied for schema auth",
    );
    await expect(sql`create table realtime.mine (id int)`).rejects.toThrow(
      "permission denied for schema realtime",
    );
  });

  test("postgres cannot replace auth.uid()", async () => {
    const replacing = database.sql`create or replace function auth.uid() returns uuid language sql as 'select null::uuid'`;
    await expect(replacing).rejects.toThrow(/permission denied|must be owner/);
  });

  test("postgres may refer to auth.users, put a trigger on it and a policy on realtime.messages", async () => {
    const { sql } = database;
    await sql`create table public.profile (id uuid references auth.users on delete cascade)`;
    await sql`create function public.profiled() returns trigger language plpgsql security definer as
      'begin insert into public.profile values (new.id); return new; end'`;
    await sql`create trigger profiled after insert on auth.users for each row execute function public.profiled()`;
    await sql`create policy "a test's" on realtime.messages for select to authenticated using (false)`;
    const id = await database.createUser("profiled@tests.nemo.test");
    expect([...(await sql`select id from public.profile`)]).toEqual([{ id }]);
    expect(
      await sql`select from pg_policies where schemaname = 'realtime' and policyname = ${"a test's"}`,
    ).toHaveLength(1);
  });

  test("a new table in public is closed to every API role", async () => {
    await database.sql`create table public.closed (id int)`;
    const read = database.asServiceRole((tx) => tx`select * from public.closed`);
    await expect(read).rejects.toThrow("permission denied for table closed");
  });

  test("a request carries its user, role and claims, and only for its own transaction", async () => {
    const id = await database.createUser("somebody@tests.nemo.test");
    const ask =
      "select auth.uid() as uid, auth.role() as role, auth.jwt() ->> 'sub' as sub, current_user::text as me";
    const [user] = await database.asUser(id, (tx) => tx.unsafe(ask));
    expect(user).toEqual({ uid: id, role: "authenticated", sub: id, me: "authenticated" });
    const [anon] = await database.asAnon((tx) => tx.unsafe(ask));
    expect(anon).toEqual({ uid: null, role: "anon", sub: null, me: "anon" });
    const [service] = await database.asServiceRole((tx) => tx.unsafe(ask));
    expect(service).toEqual({ uid: null, role: "service_role", sub: null, me: "service_role" });
  });

  test("a request that throws leaves nothing behind", async () => {
    await database.sql`create table public.kept (id int)`;
    await database.sql`grant insert on public.kept to anon`;
    const failing = database.asAnon(async (tx) => {
      await tx`insert into public.kept values (1)`;
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await database.sql`select * from public.kept`).toHaveLength(0);
  });
});
