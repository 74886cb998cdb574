import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useStack } from "../../tests/support/stack.ts";
import { startThrowAwayDatabase } from "../postgres/throw-away-database.ts";

const stack = useStack();
const suffix = randomUUID().slice(0, 8);

/** Everything that decides what an API role may do, as text that can be compared. */
async function rightsIn(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select 'schema ' || nspname || ' ' || coalesce(nspacl::text, '') as line
      from pg_namespace where nspname in ('nemo', 'nemo_private', 'realtime')
    union all
    select 'relation ' || relnamespace::regnamespace || '.' || relname || ' ' || coalesce(relacl::text, '')
      from pg_class where relnamespace::regnamespace::text in ('nemo', 'nemo_private', 'realtime')
       and relkind in ('r', 'p', 'v', 'm', 'S') and relname not similar to '%[0-9]{4,}%'
    union all
    select 'function ' || proc.oid::regprocedure || ' ' || coalesce(proacl::text, '')
      from pg_proc as proc where pronamespace::regnamespace::text in ('nemo', 'nemo_private', 'auth')
    union all
    select 'default ' || defaclrole::regrole || ' ' || defaclnamespace::regnamespace || ' ' || defaclacl::text
      from pg_default_acl where defaclnamespace::regnamespace::text in ('nemo', 'nemo_private')
    union all
    select 'body ' || proc.oid::regprocedure || ' ' || prosrc
      from pg_proc as proc where pronamespace::regnamespace::text = 'auth'
    order by 1`;
  return rows.map(({ line }) => line);
}

describe("REST and Auth with an unmodified supabase-js", () => {
  let admin: Sql;
  beforeAll(async () => {
    admin = postgres(stack.adminDbUrl, { max: 2, onnotice: () => {} });
    await admin
      .unsafe(`
      create table public.note_${suffix} (id int primary key, tags jsonb, at timestamptz, agent text
        default current_setting('request.headers', true)::json ->> 'x-test');
      alter table public.note_${suffix} enable row level security;
      create policy "people write" on public.note_${suffix} for all to authenticated using (true) with check (true);
      grant select, insert on public.note_${suffix} to authenticated;
      create table public.closed_${suffix} (id int);
      create function public.fail_${suffix}() returns void language plpgsql as
        'begin raise exception ''A sentence.'' using errcode = ''NM999'', hint = ''Do this.'', detail = ''More.''; end';
      create function public.echo_${suffix}(value jsonb) returns jsonb language sql as
        'select jsonb_build_object(''type'', jsonb_typeof(value), ''timeout'', current_setting(''statement_timeout''))';
      notify pgrst, 'reload schema'`)
      .simple();
  });
  afterAll(async () => {
    await admin
      .unsafe(`drop table public.note_${suffix}, public.closed_${suffix};
      drop function public.fail_${suffix}(), public.echo_${suffix}(jsonb);
      notify pgrst, 'reload schema'`)
      .simple();
    await admin.end();
  });

  test("signing up gives a session at once, and a password reset can be read without a mail server", async () => {
    const person = await stack.signUp();
    expect(person.accessToken).toMatch(/^eyJ/);
    await person.client.auth.resetPasswordForEmail(person.email);
    const mails = (await (await fetch(`${stack.url}/local/mail`)).json()) as { to: string; text: string }[];
    const mail = mails.find(({ to }) => to === person.email);
    const link = /https?:\/\/\S+/.exec(mail?.text ?? "")?.[0] as string;
    expect(link).toMatch(new RegExp(`^${stack.url}/auth/v1/verify\\?`));
    const followed = await fetch(link, { redirect: "manual" });
    expect(followed.status).toBe(303);
    const target = new URL(followed.headers.get("location") as string);
    expect(target.origin).toBe(stack.url);
    expect(new URLSearchParams(target.hash.slice(1)).get("type")).toBe("recovery");
  });

  test("the mailbox is a page for a browser, and what a mail says is text in it", async () => {
    const page = await fetch(`${stack.url}/local/mail`, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("rows are written and read under row level security, with the request's headers at hand", async () => {
    const { accessToken } = await stack.signUp();
    const client = createClient(stack.url, stack.publishableKey, {
      global: { headers: { "x-test": "told", authorization: `Bearer ${accessToken}` } },
    });
    const row = { id: 1, tags: [{ a: 1 }, "b"], at: "2026-01-02T03:04:05+00:00" };
    const written = await client.from(`note_${suffix}`).insert(row).select().single();
    expect(written.error).toBeNull();
    expect(written.data).toEqual({ ...row, agent: "told" });
    expect((await stack.anonymous().schema("public").from(`note_${suffix}`).select()).error?.code).toBe(
      "42501",
    );
  });

  test("a role without a grant is refused, the secret key's included", async () => {
    const anonymous = await stack.anonymous().schema("public").from(`closed_${suffix}`).select();
    expect([anonymous.status, anonymous.error?.code]).toEqual([401, "42501"]);
    const service = await stack.serviceRole().schema("public").from(`closed_${suffix}`).select();
    expect([service.status, service.error?.code]).toEqual([403, "42501"]);
  });

  test("an error raised by a function arrives with code, sentence, hint and detail", async () => {
    const { error, status } = await stack.serviceRole().schema("public").rpc(`fail_${suffix}`);
    expect(status).toBe(400);
    expect(error).toMatchObject({
      code: "NM999",
      message: "A sentence.",
      hint: "Do this.",
      details: "More.",
    });
  });

  test.each([
    ["a list", [{ role: "system" }], "array"],
    ["an object", { a: [1] }, "object"],
    ["a text", "plain", "string"],
  ])("%s given for jsonb arrives as what it is", async (_name, value, type) => {
    const { client } = await stack.signUp();
    const { data } = await client.schema("public").rpc(`echo_${suffix}`, { value });
    expect(data).toEqual({ type, timeout: "8s" });
  });

  test("a function made while the stack runs is found", async () => {
    await admin
      .unsafe(`create function public.late_${suffix}() returns int language sql as 'select 7';
      notify pgrst, 'reload schema'`)
      .simple();
    const call = () => stack.serviceRole().schema("public").rpc(`late_${suffix}`);
    await expect.poll(async () => (await call()).data).toBe(7);
    await admin.unsafe(`drop function public.late_${suffix}()`);
  });

  test("without a key, or with a wrong one, nothing is served", async () => {
    const table = `${stack.url}/rest/v1/note_${suffix}`;
    expect((await fetch(table)).status).toBe(401);
    expect((await fetch(table, { headers: { apikey: "sb_publishable_wrong" } })).status).toBe(401);
  });

  test("after requests were served, rights and auth.uid() are as bootstrap and migrations left them", async () => {
    const { client } = await stack.signUp();
    expect((await client.from("prompt_templates").select()).error).toBeNull();
    const untouched = await startThrowAwayDatabase();
    const reference = postgres(untouched.url("supabase_admin"), { max: 1 });
    const before = await rightsIn(reference);
    await reference.end();
    await untouched.stop();
    expect(before.length).toBeGreaterThan(20);
    expect(await rightsIn(admin)).toEqual(before);
  });
});
