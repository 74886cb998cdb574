/**
 * What row level security costs the library page.
 *
 * Workload: 10 000 organizations, 500 000 templates, 1 000 000 versions. One person, a member of three of the
 * organizations, lists the newest 50 templates of one of them, and all versions of one template; the same
 * statements run as a role that bypasses policies. Both are asked alternately, each over a warm connection of
 * its own (a plan is made anew when the role of its connection changes), as PostgREST asks: a transaction that
 * sets role and claims, and the statement. Only the statement is timed.
 * Command: npm run bench -- rls-listing
 * Target: the median with policies is at most 1.3 times the median without.
 */
import postgres, { type Sql } from "postgres";
import { startThrowAwayDatabase } from "../local/postgres/throw-away-database.ts";

const ORGANIZATIONS = 10_000;
const TEMPLATES_EACH = 50;
const VERSIONS_EACH = 2;
const ROUNDS = 400;
const TARGET = 1.3;

/** Straight into the tables with foreign keys and triggers off: history of this size has no other quick way in. */
async function fill(admin: Sql): Promise<{ userId: string; organizationId: string }> {
  await admin`set session_replication_role = replica`;
  await admin`insert into nemo.organizations (id, name) select gen_random_uuid(), 'Organization ' || i from generate_series(1, ${ORGANIZATIONS}) i`;
  const [user] =
    await admin`insert into auth.users (id, email) values (gen_random_uuid(), 'reader@bench.test') returning id`;
  await admin`
    insert into nemo.memberships (organization_id, user_id, role)
    select id, case when row_number() over (order by id) <= 3 then ${user!.id}::uuid else gen_random_uuid() end, 'member'
    from nemo.organizations`;
  await admin`
    insert into nemo.prompt_templates (organization_id, name, latest_version, active_version, active_since)
    select o.id, 'template-' || i, ${VERSIONS_EACH}, 1, now() from nemo.organizations o, generate_series(1, ${TEMPLATES_EACH}) i`;
  await admin`
    insert into nemo.prompt_versions (organization_id, template_id, version, parent_version, messages, diff, content_hash)
    select t.organization_id, t.id, v, nullif(v - 1, 0), '[{"role": "system", "content": "Answer {{ name }}."}]',
      case when v > 1 then '{}'::jsonb end, repeat('0', 64)
    from nemo.prompt_templates t, generate_series(1, ${VERSIONS_EACH}) v`;
  await admin`set session_replication_role = origin`;
  await admin`vacuum analyze nemo.organizations, nemo.memberships, nemo.prompt_templates, nemo.prompt_versions`;
  const [membership] =
    await admin`select organization_id from nemo.memberships where user_id = ${user!.id} limit 1`;
  return { userId: user!.id, organizationId: membership!.organization_id };
}

async function timed(
  sql: Sql,
  role: string,
  userId: string,
  statement: string,
  parameter: string,
): Promise<number> {
  return await sql.begin(async (tx) => {
    const claims = JSON.stringify({ sub: userId, role });
    await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', ${role}, true)`;
    const start = performance.now();
    const rows = await tx.unsafe(statement, [parameter], { prepare: true });
    const elapsed = performance.now() - start;
    if (rows.length === 0) throw new Error("the listing is empty");
    return elapsed;
  });
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const database = await startThrowAwayDatabase();
try {
  const admin = postgres(database.url("supabase_admin"), { max: 1, onnotice: () => {} });
  const started = performance.now();
  const { userId, organizationId } = await fill(admin);
  const [template] =
    await admin`select id from nemo.prompt_templates where organization_id = ${organizationId} limit 1`;
  console.log(
    `${ORGANIZATIONS * TEMPLATES_EACH * VERSIONS_EACH} versions in place after ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  const connections = {
    service_role: admin,
    authenticated: postgres(database.url("supabase_admin"), { max: 1, onnotice: () => {} }),
  };
  const listings = [
    [
      "templates of an organization",
      "select * from nemo.prompt_templates where organization_id = $1 and deleted_at is null order by updated_at desc limit 50",
      organizationId,
    ],
    [
      "versions of a template",
      "select * from nemo.prompt_versions where template_id = $1 order by version desc",
      template!.id as string,
    ],
  ] as const;
  for (const [name, statement, parameter] of listings) {
    const times = { authenticated: [] as number[], service_role: [] as number[] };
    for (let round = -20; round < ROUNDS; round++) {
      for (const role of ["service_role", "authenticated"] as const) {
        const elapsed = await timed(connections[role], role, userId, statement, parameter);
        if (round >= 0) times[role].push(elapsed);
      }
    }
    const ratio = median(times.authenticated) / median(times.service_role);
    console.log(
      `${name}: ${median(times.service_role).toFixed(3)} ms without policies, ${median(times.authenticated).toFixed(3)} ms with, ratio ${ratio.toFixed(2)} (target ${TARGET})`,
    );
    if (name.startsWith("templates") && ratio > TARGET) process.exitCode = 1;
  }
  await Promise.all([connections.service_role.end(), connections.authenticated.end()]);
} finally {
  await database.stop();
}
