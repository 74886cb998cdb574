import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  type ConnectionRule,
  chooseTargets,
  PLATFORM,
} from "../functions/_shared/core/providers/choose-targets.ts";
import { createTenant } from "./support/tenants.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const rule = (name: string, models: string[], fallbacks: string[]): ConnectionRule => ({
  name,
  models,
  fallbacks,
});

/** In the order in which the database hands them to the gateway. */
const ORGANIZATIONS: ConnectionRule[][] = [
  [],
  [rule("acme", [], [])],
  [rule("acme", ["gpt-4o"], ["platform"]), rule("zeta", ["gpt-*", "meta/llama*"], [])],
  [rule("acme", ["*"], ["zeta/gpt-5", "platform/gpt-4o-mini"]), rule("zeta", ["gpt-4o"], ["acme"])],
];
const CLIENT_MODELS = [
  null,
  "gpt-4o",
  "gpt-4o-mini",
  "acme/gpt-4o",
  "acme/",
  "/gpt-4o",
  "platform/gpt-4o",
  "meta/llama-3",
  "zeta/meta/llama-3",
  "unknown",
];
const CONFIGS: Record<string, unknown>[] = [
  {},
  { model: "gpt-4o" },
  { model: "acme/gpt-5" },
  { model: "platform/gpt-5" },
  { model: "gpt-4o", provider: "acme" },
  { model: "acme/gpt-4o", provider: "acme" },
  { model: "gpt-4o", provider: "platform" },
  { model: "gpt-4o", provider: "gone" },
  { model: "gpt-4o", provider: "gone", fallbacks: ["zeta", "acme/gpt-5"] },
  { model: "gpt-4o", provider: "gone", fallbacks: ["gone", "platform"] },
  { model: "gpt-4o", provider: { order: ["acme"] } },
  { model: "gpt-4o", provider: "zeta", fallbacks: [] },
  { model: "gpt-4o", provider: "zeta", fallbacks: ["acme", 7, "platform/gpt-5"] },
  { model: "gpt-4o", fallbacks: "platform" },
];

/** What reservations have to know of the gateway's choice: an own provider alone, or the platform's and for what. */
function askedFor(clientModel: string | null, config: Record<string, unknown>, rules: ConnectionRule[]) {
  const model = clientModel ?? (typeof config.model === "string" ? config.model : null);
  const targets = chooseTargets({ clientModel, model, config }, rules);
  const platform = targets.find(({ provider }) => provider === PLATFORM);
  if (platform) return { provider: null, model: platform.model };
  // Nobody is asked: then nothing is reserved either.
  return { provider: targets[0]?.provider ?? null };
}

it("what is reserved for follows the rules by which the gateway chooses who is asked", async () => {
  let compared = 0;
  for (const rules of ORGANIZATIONS) {
    const { organizationId } = await createTenant(db);
    for (const { name, models, fallbacks } of rules)
      await db.sql`
        insert into nemo.provider_connections (organization_id, name, base_url, models, fallbacks)
        values (${organizationId}, ${name}, 'https://api.example.com/v1', ${models}, ${fallbacks})`;
    await db.sql`
      insert into nemo.provider_connections (organization_id, name, base_url, models, enabled)
      values (${organizationId}, 'off', 'https://api.example.com/v1', '{gpt-4o,unknown}', false)`;
    for (const clientModel of CLIENT_MODELS) {
      for (const config of CONFIGS) {
        const [row] = await db.sql`
          select (a).provider, (a).model from (
            select nemo_private.ask_provider(${organizationId}, ${clientModel}, ${db.sql.json(config as never)}) as a) asked`;
        const names = rules.map(({ name }) => name).join(", ");
        expect({ names, clientModel, config, ...row }).toMatchObject(askedFor(clientModel, config, rules));
        compared++;
      }
    }
  }
  expect(compared).toBe(ORGANIZATIONS.length * CLIENT_MODELS.length * CONFIGS.length);
});
