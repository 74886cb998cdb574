import { diffWordsWithSpace } from "diff";
import type { PromptVariables } from "../prompt/types.ts";

/** One thing to try: the variables, and the client's own messages that came with them. */
export type ReplayCase = {
  readonly id: string;
  readonly name: string;
  readonly variables: PromptVariables;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  /** Left out: a chat completion. */
  readonly endpoint?: "responses";
};

/** What came of one request. */
export type ReplayAnswer =
  | {
      readonly ok: true;
      readonly text: string;
      /** Null when it was not measured now. */
      readonly latencyMs: number | null;
      readonly requestId: string;
      readonly tokens: number | null;
    }
  /** The request id is there when the gateway wrote it down all the same. */
  | { readonly ok: false; readonly error: string; readonly requestId?: string };

/** A piece of a comparison: text that both have, only the first has, or only the second. */
export type DiffPart = { readonly kind: "same" | "first" | "second"; readonly text: string };

/** One row of the results: what each version answered, and how the two differ where both answered. */
export type ReplayResult = {
  readonly case: ReplayCase;
  readonly answers: readonly ReplayAnswer[];
  readonly diff: readonly DiffPart[] | null;
};

/** Asks the gateway for one case with one version. Whoever calls it brings the key. */
export type AskVersion = (
  replayCase: ReplayCase,
  version: number,
  signal: AbortSignal,
) => Promise<ReplayAnswer>;

export type ReplayInput = {
  readonly cases: readonly ReplayCase[];
  /** One version, or two to compare side by side. */
  readonly versions: readonly number[];
  readonly ask: AskVersion;
  /** Cases under way at once. */
  readonly concurrency?: number;
  /** Stops the replay: no further case is begun, and those under way are cancelled. */
  readonly signal?: AbortSignal;
  /** Called with each row as soon as it is complete, in whatever order that is. */
  readonly onResult?: (result: ReplayResult) => void;
};

/**
 * Runs versions over cases, a few at a time, and answers the rows in the order of the cases. A case that
 * fails is a row that says so; the others go on. After an abort, only complete rows are answered.
 */
export async function runReplay(input: ReplayInput): Promise<ReplayResult[]> {
  const signal = input.signal ?? new AbortController().signal;
  const results: (ReplayResult | undefined)[] = new Array(input.cases.length);
  let next = 0;
  const work = async () => {
    while (next < input.cases.length && !signal.aborted) {
      const place = next++;
      const replayCase = input.cases[place]!;
      const answers = await Promise.all(
        input.versions.map((version) =>
          input
            .ask(replayCase, version, signal)
            .catch((error: unknown): ReplayAnswer => ({ ok: false, error: String(error) })),
        ),
      );
      if (signal.aborted) return;
      const result = { case: replayCase, answers, diff: diffOf(answers) };
      results[place] = result;
      input.onResult?.(result);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, input.concurrency ?? 3) }, work));
  return results.filter((result) => result !== undefined);
}

/** Texts longer than this together are shown side by side without marks: comparing them takes too long. */
const LONGEST_DIFF = 100_000;

function diffOf(answers: readonly ReplayAnswer[]): DiffPart[] | null {
  const [first, second] = answers;
  if (!first?.ok || !second?.ok || first.text.length + second.text.length > LONGEST_DIFF) return null;
  return diffWordsWithSpace(first.text, second.text).map(({ added, removed, value }) => ({
    kind: added ? "second" : removed ? "first" : "same",
    text: value,
  }));
}
