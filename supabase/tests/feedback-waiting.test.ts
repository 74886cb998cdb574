import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture } from "./support/ab-fixture.ts";
import { asGateway } from "./support/as-gateway.ts";
import { makeKey } from "./support/make-key.ts";

let db: TestDatabase;
let team: AbFixture;
let keyHash: string;
let strangersKeyHash: string;

beforeAll(async () => {
  db = await createTestDatabase();
  team = await abFixture(db, 1);
  keyHash = await makeKey(team);
  strangersKeyHash = await makeKey(await abFixture(db, 1));
});
afterAll(() => db.drop());

const idOf = (secondsAgo: number) => uuidv7({ msecs: Date.now() - secondsAgo * 1000 });

const score = (key: string, request_id: string) =>
  asGateway<string>(db, "gateway_feedback", key, { request_id, score: 1 });

async function begin(secondsAgo: number): Promise<string> {
  const request_id = idOf(secondsAgo);
  await asGateway(
    db,
    "gateway_resolve",
    [{ index: 0, key_hash: keyHash, template: team.template }],
    [{ selector: 0, request_id, prompt_tokens: 1, output_tokens: 1 }],
  );
  return request_id;
}

it("a score is worth another try while its request is under way, however long that takes", async () => {
  for (const secondsAgo of [0, 60, 3600]) {
    const request = await begin(secondsAgo);
    expect(await score(keyHash, request)).toBe("request_not_written");
    await asGateway(db, "gateway_record", uuidv7(), [
      { request_id: request, key_hash: keyHash, status: 200, template_id: team.template, version: 1 },
    ]);
    expect(await score(keyHash, request)).toBe("ok");
  }
});

it("an id that nobody has is worth another try in its first two seconds only", async () => {
  for (const secondsAgo of [-3600, -10, 10, 3600])
    expect(await score(keyHash, idOf(secondsAgo))).toBe("request_not_found");
  for (const secondsAgo of [0, 1]) expect(await score(keyHash, idOf(secondsAgo))).toBe("request_not_written");
});

it("a key that is for some templates scores requests of those alone", async () => {
  const other = await team.call<{ id: string }>(
    (tx) => tx`select id from nemo.create_template(${team.organization}, 'another')`,
  );
  const limited = await makeKey(team, "limited");
  await db.sql`
    update nemo.api_keys k set scopes = ${[other.id]} from nemo_private.api_key_hashes h where h.api_key_id = k.id and h.key_hash = ${limited}`;
  const answered = async (template_id: string | null) => {
    const request_id = idOf(60);
    await asGateway(db, "gateway_record", uuidv7(), [
      { request_id, key_hash: keyHash, status: 200, template_id },
    ]);
    return request_id;
  };
  expect(await score(limited, await answered(other.id))).toBe("ok");
  for (const template of [team.template, null])
    expect(await score(limited, await answered(template))).toBe("request_not_found");
});

it("a stranger's score of a request that is under way is answered as for an id that nobody has", async () => {
  for (const secondsAgo of [0, 10, 3600])
    expect(await score(strangersKeyHash, await begin(secondsAgo))).toBe(
      await score(strangersKeyHash, idOf(secondsAgo)),
    );
  expect(await score(strangersKeyHash, await begin(10))).toBe("request_not_found");
});
