import type { ContractVariable } from "@core/lint/reconcile-contract.ts";
import type { PromptSource } from "@core/prompt/types.ts";
import { useMemo } from "react";
import { variablesOf } from "../../../lib/example-variables.ts";
import { useVersionIncludes } from "../../../lib/queries/get-includes.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { examplesOf } from "../contract.ts";
import { type Content, contentOf, type Draft } from "../draft.ts";
import { type Examples, useValues } from "../use-examples.ts";
import { type Run, useRun } from "./use-run.ts";

export type Tried = {
  versions: Version[];
  draft: Draft;
  /** The version the draft still is; nothing of it was changed. */
  unchanged: number | undefined;
  /** What the draft is tried with. */
  values: Record<string, unknown>;
  examples: Examples;
  /** The type of each variable the draft has; nothing before it was read. */
  kinds: Record<string, string> | undefined;
};

/** One answer, of the draft or of a version. */
export type Lane = Pick<Run, "progress" | "running" | "stop"> & {
  content: Content;
  /** Variables of this version that the draft does not have, and the page has no field for. */
  also: ContractVariable[];
  /** What it needs is known. */
  ready: boolean;
  start: (input: string) => void;
};

/** A version is tried with what it needs itself: the same values, without those it does not know. */
export function useLane(templateId: string, of: string, tried: Tried): Lane {
  const { start, ...run } = useRun();
  const version = tried.versions.find((one) => String(one.version) === of);
  const { data: includes, isPending } = useVersionIncludes(templateId, version);
  const variables = useMemo(
    () => (version ? variablesOf(version as unknown as PromptSource, includes) : []),
    [version, includes],
  );
  const ofVersion = useValues(
    tried.examples,
    Object.fromEntries(variables.map(({ name, type }) => [name, type])),
  );
  const content = version ? contentOf(version) : tried.draft;
  const { kinds } = tried;
  return {
    ...run,
    content,
    also: kinds ? variables.filter(({ name, used }) => used && !Object.hasOwn(kinds, name)) : [],
    ready: !version || !isPending,
    start: (input) => {
      const values = version ? ofVersion : tried.values;
      const number = version?.version ?? tried.unchanged;
      start({
        templateId,
        of: number === undefined ? content : { version: number },
        variables: { ...examplesOf(content.contract), ...values },
        input,
      });
    },
  };
}
