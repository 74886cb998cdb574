import type { Answer, Question, Resolve } from "./resolver.ts";
import { selectorName } from "./resolver.ts";

/**
 * Answers from what an earlier look-up found, if that began no longer ago than the operator tolerates, and looks
 * up behind the answer. Each request is still admitted in the database, only later; its record waits for that.
 *
 * What is promised ahead of its admission is counted per organization and never more than the last look-up
 * allowed, so reservations go on bounding how far credit can be overdrawn. Where nothing was allowed (keys with
 * limits, organizations near the end of their credit) and after a look-up that failed, requests are looked up
 * before they are answered, as without this.
 */
export interface RelaxedOptions {
  /** How old an answer may be, in milliseconds. */
  maxStalenessMs: number;
  /** Looks up at once. */
  strict: Resolve;
  /** Looks up in larger groups, for which nobody waits. */
  behind: Resolve;
  now?: () => number;
}

/** How many answers are kept; the ones looked up longest ago make room. */
const KEPT = 1_000;

interface Kept {
  answer: Answer;
  begunAt: number;
}

/** One organization's promises, in nano-dollars. */
interface Promised {
  allowed: number;
  given: number;
}

export function createRelaxedResolver(options: RelaxedOptions): Resolve {
  const { maxStalenessMs, strict, behind, now = () => performance.now() } = options;
  const kept = new Map<string, Kept>();
  const promised = new Map<string, Promised>();

  async function lookUp(resolve: Resolve, name: string, question: Question): Promise<Answer> {
    const begunAt = now();
    try {
      const answer = await resolve(question);
      keep(name, answer, begunAt);
      return answer;
    } catch (error) {
      kept.delete(name);
      throw error;
    }
  }

  function keep(name: string, answer: Answer, begunAt: number): void {
    const { ahead, organization_id } = answer.resolved;
    const newer = kept.get(name);
    if (newer && newer.begunAt > begunAt) return;
    kept.delete(name);
    if (!ahead || answer.refusal || organization_id === null) return;
    kept.set(name, { answer, begunAt });
    const counted = promised.get(organization_id);
    if (counted) counted.allowed = ahead.nanousd;
    else promised.set(organization_id, { allowed: ahead.nanousd, given: 0 });
    if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
  }

  function answerAhead(name: string, { answer }: Kept, question: Question): Answer | null {
    const perMtok = answer.resolved.ahead?.nanousd_per_mtok ?? 0;
    const cost = Math.ceil(((question.prompt_tokens + question.output_tokens) * perMtok) / 1e6);
    const counted = promised.get(answer.resolved.organization_id as string) as Promised;
    if (counted.given + cost > counted.allowed) return null;
    counted.given += cost;
    const admitted = () => {
      counted.given -= cost;
    };
    return { ...answer, admission: lookUp(behind, name, question).then(admitted, admitted) };
  }

  return async (question) => {
    const name = selectorName(question);
    const known = kept.get(name);
    const fresh = known && now() - known.begunAt <= maxStalenessMs;
    return (fresh && answerAhead(name, known, question)) || (await lookUp(strict, name, question));
  };
}
