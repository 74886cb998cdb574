import { afterAll, beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { type OwnGateway, startOwnGateway } from "./testing/own-gateway.ts";
import { postgresLog } from "./testing/postgres-log.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
/** A process of its own, so that all it prints can be looked through. */
let gateway: OwnGateway;
const canaries: string[] = [];
/** Every realtime message of the organizations, as it came over the socket. */
const heard: string[] = [];
const listening: Team[] = [];
beforeAll(async () => {
  gateway = await startOwnGateway(stack);
});
afterAll(async () => {
  for (const { person } of listening) await person.client.realtime.disconnect();
  await gateway?.process.stop();
});

/** Hears what the database tells the organization's dashboards. */
async function listen(team: Team): Promise<void> {
  const { client, organizationId } = team.person;
  await client.realtime.setAuth();
  const channel = client.channel(`org:${organizationId}`, { config: { private: true } });
  channel.on("broadcast", { event: "*" }, (message) => heard.push(JSON.stringify(message)));
  await new Promise<void>((resolve, reject) => {
    channel.subscribe((status, error) => (status === "SUBSCRIBED" ? resolve() : error && reject(error)));
  });
  listening.push(team);
}

/** Asks with canaries in variables, client message and key, JSON and streamed, well and badly; answers the good ids. */
async function ask(team: Team, canary: string): Promise<string[]> {
  const ids: string[] = [];
  canaries.push(canary, team.key);
  const body = {
    model: `nemo/${team.name}`,
    messages: [{ role: "user", content: `${canary} message` }],
    nemo_prompt_subject: `${canary} subject`,
  };
  for (const stream of [false, true]) {
    const response = await team.post("/chat/completions", {
      ...body,
      stream,
      nemo_prompt_variables: { role: `${canary} variable` },
    });
    // The fake provider repeats what it was told, so the canary is in the answer too.
    expect(await response.text()).toContain(canary);
    ids.push(response.headers.get("x-nemo-request-id") as string);
  }
  await (
    await team.post("/chat/completions", { ...body, nemo_prompt_variables: { [canary]: canary } })
  ).text();
  return ids;
}

/** Other tests make tables and drop them; one that is gone by now holds nothing. */
function unlessGone(error: { code?: string }): [] {
  if (error.code === "42P01") return [];
  throw error;
}

/** Every table of the database in which a text occurs in any column of any row. */
async function tablesWith(team: Team, text: string): Promise<string[]> {
  const tables = await team.sql`
    select c.oid::regclass::text as name from pg_class c
    where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('nemo', 'nemo_private', 'realtime', 'public')`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await team.sql
      .unsafe(`select 1 from ${name} t where t::text like $1 limit 1`, [`%${text}%`])
      .catch(unlessGone);
    if (rows.length > 0) found.push(name.replace(/_\d{8}$/, ""));
  }
  return [...new Set(found)];
}

async function withPolicy(policy: string): Promise<Team> {
  const made = await makeTeam(stack);
  const team: Team = { ...made, post: (path, body) => gateway.post(made.key, path, body) };
  const { error } = await team.person.client.rpc("set_data_policy", {
    organization_id: team.person.organizationId,
    policy,
  });
  expect(error).toBeNull();
  await listen(team);
  return team;
}

const counted = (team: Team) =>
  team.sql`select coalesce(sum(requests), 0)::int as n from nemo.prompt_rollups where organization_id = ${team.person.organizationId}`;

it("under metadata no text of prompt, variables or answer is anywhere in the database", async () => {
  const team = await withPolicy("metadata");
  const canary = marker();
  for (const id of await ask(team, canary)) await team.logged(id);
  await expect.poll(async () => (await counted(team))[0]?.n).toBe(3);
  expect(await tablesWith(team, canary)).toEqual([]);
  expect(await tablesWith(team, team.key)).toEqual([]);
});

it("under none there is no log row at all, and the counts and the charges are still there", async () => {
  const team = await withPolicy("none");
  const canary = marker();
  const ids = await ask(team, canary);
  await expect.poll(async () => (await counted(team))[0]?.n).toBe(3);
  expect(await tablesWith(team, canary)).toEqual([]);
  expect(
    await team.sql`select 1 from nemo.prompt_logs where organization_id = ${team.person.organizationId}`,
  ).toHaveLength(0);
  expect(
    await team.sql`select 1 from nemo.credit_ledger where request_id = any (${ids}::uuid[])`,
  ).toHaveLength(2);
});

it("under full the text is in the log and nowhere else, and purging after a change of policy removes it", async () => {
  const team = await withPolicy("full");
  const canary = marker();
  const ids = await ask(team, canary);
  for (const id of ids) {
    const row = await team.logged(id);
    expect(
      JSON.stringify([row.variables, row.rendered_messages, row.response]).split(canary).length,
    ).toBeGreaterThan(3);
  }
  await expect.poll(async () => (await counted(team))[0]?.n).toBe(3);
  expect(await tablesWith(team, canary)).toEqual(["nemo_private.prompt_logs"]);
  const { person } = team;
  const listed = await person.client.rpc("prompt_log_entries", { organization_id: person.organizationId });
  expect(listed.data?.map((row: { request_id: string }) => row.request_id)).toEqual(
    expect.arrayContaining(ids),
  );
  expect(JSON.stringify(listed.data)).not.toContain(canary);
  await person.client.rpc("set_data_policy", { organization_id: person.organizationId, policy: "metadata" });
  const { data } = await person.client.rpc("purge_logs", { organization_id: person.organizationId });
  expect(data).toMatchObject({
    data_policy: "metadata",
    rows_emptied: 3,
    audit_sequence: expect.any(Number),
  });
  expect(await tablesWith(team, canary)).toEqual([]);
});

it("under every policy neither realtime nor the log of Postgres has text or key, not even of a write that failed", async () => {
  const team = await withPolicy("full");
  const canary = marker();
  const refusing = `refuse_${canary.slice(0, 8)}`;
  await team.sql.unsafe(`
    create function public.${refusing}() returns trigger language plpgsql as $$
    begin raise exception 'refused' using errcode = '53100'; end $$;
    create trigger ${refusing} before insert on nemo.prompt_logs for each row
      when (new.organization_id = '${team.person.organizationId}') execute function public.${refusing}();`);
  let ids: string[];
  try {
    ids = await ask(team, canary);
    await expect.poll(() => postgresLog(team.sql)).toContain("ERROR:  refused");
  } finally {
    await team.sql.unsafe(`drop function public.${refusing}() cascade`);
  }
  for (const id of ids) await team.logged(id);
  expect((await team.post("/feedback", { request_id: ids[0], score: 1, comment: canary })).status).toBe(200);
  await expect
    .poll(() => heard.filter((message) => message.includes("log.written")).length)
    .toBeGreaterThan(3);
  const log = await postgresLog(team.sql);
  expect(canaries.length).toBeGreaterThanOrEqual(8);
  for (const secret of canaries) {
    expect(log).not.toContain(secret);
    expect(heard.join("\n")).not.toContain(secret);
  }
});

it("under every policy the process prints neither text nor key", () => {
  expect(canaries.length).toBeGreaterThanOrEqual(6);
  const printed = gateway.lines.join("\n");
  for (const canary of canaries) expect(printed).not.toContain(canary);
});
