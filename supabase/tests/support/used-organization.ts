import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { TestDatabase } from "../../../tests/support/database.ts";
import { type AbFixture, abFixture } from "./ab-fixture.ts";
import { asGateway } from "./as-gateway.ts";
import { makeKey } from "./make-key.ts";

const DAY = 86_400_000;

/** What a question about usage can be narrowed to. */
export type Filter = {
  template_id?: string;
  version?: number;
  variant?: string;
  api_key_id?: string;
  model?: string;
};
export type Question = [split: string | null, filter: Filter];

/** An organization with seven templates and two keys that were used at random for twelve days, and all that can be asked about it. */
export interface UsedOrganization {
  readonly db: TestDatabase;
  readonly team: AbFixture;
  readonly templates: readonly string[];
  readonly keys: readonly string[];
  readonly questions: readonly Question[];
  /** Requests as the gateway records them: of any template, version, variant, key and model, some of them failed. */
  serve(count: number, daysAgo: () => number): Promise<void>;
  /** Adds up days that are over; answers how many. */
  fold(): Promise<number>;
}

export async function usedOrganization(db: TestDatabase): Promise<UsedOrganization> {
  const team = await abFixture(db, 2);
  const made = await Promise.all([1, 2, 3, 4, 5, 6].map((index) => makeTemplate(team, index)));
  const templates = [team.template, ...made];
  const keys = await Promise.all(["one", "two"].map((name) => makeKey(team, name)));
  const serve = async (count: number, daysAgo: () => number) => {
    const items = Array.from({ length: count }, () => someRequest(templates, keys, daysAgo()));
    await asGateway(db, "gateway_record", randomUUID(), items);
  };
  await serve(600, () => 1.5 + Math.random() * 12);
  await serve(100, () => Math.random() / 24);
  const [key] =
    await db.sql`select id from nemo.api_keys where organization_id = ${team.organization} order by id limit 1`;
  return {
    db,
    team,
    templates,
    keys,
    questions: questionsAbout(team.template, key!.id),
    serve,
    fold: async () => Number(await asGateway<number>(db, "gateway_fold")),
  };
}

async function makeTemplate(team: AbFixture, index: number): Promise<string> {
  const name = `busy-${index}`;
  const { id } = await team.call<{ id: string }>(
    (tx) => tx`select id from nemo.create_template(${team.organization}, ${name})`,
  );
  return id;
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

function someRequest(templates: readonly string[], keys: readonly string[], daysAgo: number) {
  const failed = Math.random() < 0.1;
  return {
    request_id: uuidv7({ msecs: Date.now() - daysAgo * DAY }),
    key_hash: pick(keys),
    template_id: pick([...templates, templates[0], null]),
    version: pick([1, 2]),
    variant: pick(["A", "B", null]),
    model: pick(["gpt-4o", "gpt-4o-mini", "of-unknown-price"]),
    provider: "own",
    status: failed ? 502 : 200,
    error_code: failed ? "upstream_unreachable" : null,
    latency_ms: Math.exp(Math.random() * 9),
    prompt_tokens: Math.floor(Math.random() * 500),
    completion_tokens: Math.floor(Math.random() * 100),
  };
}

function questionsAbout(template_id: string, api_key_id: string): Question[] {
  const filters: Filter[] = [
    {},
    { template_id },
    { version: 2 },
    { variant: "B" },
    { api_key_id },
    { model: "gpt-4o" },
    { template_id, model: "gpt-4o", variant: "A" },
    { api_key_id, model: "gpt-4o" },
  ];
  return [null, "template", "version", "variant", "key", "model"].flatMap((split) =>
    filters.map((filter): Question => [split, filter]),
  );
}
