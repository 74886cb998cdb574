import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { activeTemplate, createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
let other: Tenant;
let topic: string;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
  other = await createTenant(db);
  topic = `org:${tenant.organizationId}`;
});
afterAll(() => db.drop());

/** What the Realtime server asks when someone joins: the topic in a setting, and the rows under the person's policies. */
const onTopic = <T>(userId: string, name: string, statement: string): Promise<T> =>
  db.asUser(userId, async (tx) => {
    await tx`select set_config('realtime.topic', ${name}, true)`;
    return (await tx.unsafe(statement)) as T;
  });

it("each change is broadcast to the organization's private topic, with ids and nothing else", async () => {
  const templateId = await activeTemplate(db, tenant, "a secret prompt");
  const messages =
    await db.sql`select event, payload, private from realtime.messages where topic = ${topic} order by inserted_at`;
  expect(messages.map((message) => message.event)).toEqual([
    "template.changed",
    "version.saved",
    "version.linted",
    "template.changed",
  ]);
  expect(messages.every((message) => message.private)).toBe(true);
  expect(messages[1]!.payload).toEqual({ template_id: templateId, version: 1, id: expect.any(String) });
  expect(JSON.stringify(messages)).not.toContain("secret");
});

it("a change that is undone is not broadcast", async () => {
  const count = async () => (await db.sql`select count(*)::int as n from realtime.messages`)[0]!.n;
  const before = await count();
  await expect(
    db.asUser(tenant.people.member, async (tx) => {
      await tx`select create_template(${tenant.organizationId}, 'undone')`;
      throw new Error("undo");
    }),
  ).rejects.toThrow("undo");
  expect(await count()).toBe(before);
});

it("members listen to their organization's topic, strangers and other topics are silent", async () => {
  const select = "select event from realtime.messages where extension = 'broadcast'";
  for (const userId of Object.values(tenant.people)) {
    expect(await onTopic<unknown[]>(userId, topic, select)).not.toHaveLength(0);
  }
  for (const [userId, name] of [
    [other.people.owner, topic],
    [tenant.people.owner, `org:${other.organizationId}`],
    [tenant.people.owner, "org:"],
    [tenant.people.owner, `org:${tenant.organizationId}:more`],
    [tenant.people.owner, "anything"],
  ] as const) {
    expect(await onTopic<unknown[]>(userId, name, select)).toHaveLength(0);
  }
});

it("members announce their presence and cannot broadcast", async () => {
  const insert = (extension: string) =>
    `insert into realtime.messages (topic, extension) values ('${topic}', '${extension}')`;
  await onTopic(tenant.people.viewer, topic, insert("presence"));
  expect(await refusalCode(onTopic(tenant.people.owner, topic, insert("broadcast")))).toBe("42501");
  expect(await refusalCode(onTopic(other.people.owner, topic, insert("presence")))).toBe("42501");
});

it("whoever has a template open is seen by members of its organization alone, and nobody broadcasts there", async () => {
  const open = `${topic}:tpl_0123456789abcdef01234567`;
  const insert = (extension: string) =>
    `insert into realtime.messages (topic, extension) values ('${open}', '${extension}')`;
  await onTopic(tenant.people.viewer, open, insert("presence"));
  expect(await refusalCode(onTopic(tenant.people.owner, open, insert("broadcast")))).toBe("42501");
  expect(await refusalCode(onTopic(other.people.owner, open, insert("presence")))).toBe("42501");
  await db.sql`insert into realtime.messages (topic, extension, private) values (${open}, 'presence', true)`;
  const select = "select extension from realtime.messages where topic like '%:tpl_%'";
  expect(await onTopic<unknown[]>(tenant.people.viewer, open, select)).not.toHaveLength(0);
  expect(await onTopic<unknown[]>(other.people.owner, open, select)).toHaveLength(0);
});

it("an event that is not in the list is refused before anything is sent", async () => {
  await expect(
    db.sql`select nemo_private.broadcast(${tenant.organizationId}, 'no.such_event')`,
  ).rejects.toThrow("unknown realtime event");
});

it("what was missed is told once more: each event once, the latest first, and only to members", async () => {
  const mine = await createTenant(db);
  const missed = (userId: string, seconds: number, organizationId = mine.organizationId) =>
    db.asUser(userId, (tx) => tx`select * from missed_events(${organizationId}, ${seconds})`);
  const templateId = await activeTemplate(db, mine, "a secret prompt");
  for (let i = 0; i < 3; i++)
    await db.sql`select nemo_private.broadcast(${mine.organizationId}, 'log.written')`;
  const rows = await missed(mine.people.viewer, 60);
  expect(rows.map(({ event, payload }) => ({ event, payload }))).toEqual([
    { event: "log.written", payload: {} },
    { event: "template.changed", payload: { template_id: templateId } },
    { event: "version.linted", payload: { template_id: templateId, version: 1 } },
    { event: "version.saved", payload: { template_id: templateId, version: 1 } },
  ]);
  const [template] = await db.sql`select updated_at from nemo.prompt_templates where id = ${templateId}`;
  expect(rows[1]!.at, "as the row says it").toEqual(template!.updated_at);
  expect(await refusalCode(missed(other.people.owner, 60))).toBe("NM003");
  expect(await missed(other.people.owner, 60, other.organizationId)).toEqual([]);
});

it("what was broadcast before the time that is asked for was not missed", async () => {
  const mine = await createTenant(db);
  const missed = async (seconds: number) =>
    (
      await db.asUser(
        mine.people.viewer,
        (tx) => tx`select event from missed_events(${mine.organizationId}, ${seconds})`,
      )
    ).map(({ event }) => event);
  await db.sql`select nemo_private.broadcast(${mine.organizationId}, 'organization.changed')`;
  await db.sql`
    update realtime.messages set inserted_at = inserted_at - interval '1 minute' where topic = ${`org:${mine.organizationId}`}`;
  await db.sql`select nemo_private.broadcast(${mine.organizationId}, 'credit.changed')`;
  expect(await missed(30)).toEqual(["credit.changed"]);
  expect(await missed(90)).toEqual(["credit.changed", "organization.changed"]);
  for (const seconds of [-1, 3601]) expect(await refusalCode(missed(seconds))).toBe("NM015");
});
