import { type CoalesceOptions, coalesce } from "../batch/coalesce.ts";
import { AnswerLost, type GatewayDatabase } from "../db/gateway-database.ts";
import type { Admission, GatewayConnection, Refusal, Resolved, Selector } from "../db/gateway-types.ts";

/** One request's question. */
export interface Question extends Omit<Selector, "index">, Omit<Admission, "selector"> {}

export interface Answer {
  resolved: Resolved;
  refusal: Refusal | null;
  /** Those of the key's organization. */
  connections: readonly GatewayConnection[];
  /** Where the answer came before the database knew of the request: settles, never fails, when it does. */
  admission?: Promise<void>;
}

export type Resolve = (question: Question) => Promise<Answer>;

const GROUPS: CoalesceOptions = { maxItems: 128, lanes: 2 };

export interface ResolverOptions {
  groups?: CoalesceOptions;
  /** Told which requests nobody is served for, though the database may have let them in. */
  withdraw?: (requestIds: string[]) => void;
}

/** Resolves requests in groups; requests that ask the same are one line of the look-up. */
export function createResolver(
  database: Pick<GatewayDatabase, "resolve">,
  { groups = GROUPS, withdraw = () => {} }: ResolverOptions = {},
): Resolve {
  return coalesce(async (questions: Question[]) => {
    const { selectors, admissions, places } = group(questions);
    const {
      selectors: resolved,
      refused,
      connections,
    } = await database.resolve(selectors, admissions).catch((error) => {
      if (error instanceof AnswerLost) withdraw(questions.map(({ request_id }) => request_id));
      throw error;
    });
    const byIndex = new Map(resolved.map((one) => [one.index, one]));
    return questions.map((question, at) => {
      const one = byIndex.get(places[at] as number) as Resolved;
      return {
        resolved: one,
        refusal: refused[question.request_id] ?? null,
        connections: connections?.[one.organization_id ?? ""] ?? [],
      };
    });
  }, groups);
}

/** Questions with the same name have the same answer, but for what is admitted. */
export function selectorName(question: Omit<Selector, "index">): string {
  const { key_hash, template, version, label, use_default, model } = question;
  // Only a model, the last, may hold U+0000, and only a model may be empty.
  return `${key_hash}\0${template ?? ""}\0${version ?? ""}\0${label ?? ""}\0${use_default}\0${model === null ? "none" : `=${model}`}`;
}

function group(questions: Question[]) {
  const selectors: Selector[] = [];
  const admissions: Admission[] = [];
  const places: number[] = [];
  const known = new Map<string, number>();
  for (const { request_id, prompt_tokens, output_tokens, ...selector } of questions) {
    const name = selectorName(selector);
    let index = known.get(name);
    if (index === undefined) {
      index = selectors.length;
      known.set(name, index);
      selectors.push({ index, ...selector });
    }
    places.push(index);
    admissions.push({ selector: index, request_id, prompt_tokens, output_tokens });
  }
  return { selectors, admissions, places };
}
