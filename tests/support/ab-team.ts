import { createHash } from "node:crypto";
import type { ReportRow } from "../../supabase/functions/_shared/core/ab/analysis-types.ts";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import type { TestStack } from "./stack.ts";

/** Of a test of three versions, in basis points. */
const WEIGHTS = { A: 3333, B: 3333, C: 3334 };

/** A team with a template of three versions, and what tests of it take. */
export interface AbTeam extends Team {
  rpc<T = { id: string; state: string }>(name: string, args: object): Promise<T>;
  /** Drafts a test of the three versions; answers its id. */
  draft(more?: object): Promise<string>;
  /** Drafts and starts one. */
  start(more?: object): Promise<string>;
  report(testId: string): Promise<(ReportRow & { errors: number })[]>;
  ask(fields?: object, headers?: Record<string, string>): Promise<Receipt>;
}

export type Receipt = {
  status: number;
  variant: string | null;
  version: string | null;
  test: string | null;
  requestId: string;
};

export async function makeAbTeam(stack: TestStack): Promise<AbTeam> {
  const team = await makeTeam(stack, "Version 1.");
  await team.save("Version 2.");
  await team.save("Version 3.");
  async function rpc<T = { id: string; state: string }>(name: string, args: object): Promise<T> {
    const { data, error } = await team.person.client.rpc(name, args);
    if (error) throw new Error(`${name}: ${error.code} ${error.message}`);
    return data as T;
  }
  async function draft(more: object = {}) {
    const variants = Object.values(WEIGHTS).map((weight, i) => ({ version: i + 1, weight }));
    return (
      await rpc("create_ab_test", { template_id: team.templateId, name: "three ways", variants, ...more })
    ).id;
  }
  return {
    ...team,
    rpc,
    draft,
    start: async (more) => {
      const test_id = await draft(more);
      await rpc("start_ab_test", { test_id });
      return test_id;
    },
    report: (test_id) => rpc("ab_test_report", { test_id }),
    ask: async (fields = {}, headers = {}) =>
      receiptOf(await team.post("/chat/completions", bodyFor(team, fields), headers)),
  };
}

export const bodyFor = (team: Team, fields: object = {}) => ({
  model: `nemo/${team.name}`,
  messages: [{ role: "user", content: "Hello" }],
  ...fields,
});

export async function receiptOf(response: Response): Promise<Receipt> {
  await response.arrayBuffer();
  const header = (name: string) => response.headers.get(`x-nemo-${name}`);
  return {
    status: response.status,
    variant: header("variant"),
    version: header("version"),
    test: header("test-id"),
    requestId: header("request-id") as string,
  };
}

/** The variant computed from the published definition, with exact integers and none of our code. */
export function intended(testId: string, unit: string, weights: Record<string, number> = WEIGHTS): string {
  const hash = createHash("sha256").update(`${testId}:${unit}`).digest();
  let cumulative = 0n;
  for (const [letter, weight] of Object.entries(weights)) {
    cumulative += BigInt(weight);
    if (hash.readBigUInt64BE() * 10_000n < cumulative * 2n ** 64n) return letter;
  }
  throw new Error("the weights do not cover everything");
}
