import type { Template } from "../../lib/queries/get-templates.ts";

const stepNames = ["write", "activate", "key", "call"] as const;
export type StepName = (typeof stepNames)[number];

export type Progress = {
  done: Record<StepName, boolean>;
  /** The first step that is not done; undefined when all are. */
  next: StepName | undefined;
  /** The template the steps are about: the one that is served, else the one that is furthest. */
  template: Template | undefined;
};

type Facts = { templates: Template[]; hasKey: boolean; hasRequest: boolean };

/** A request that was answered proves all that it takes, whatever was removed since. */
export function progressOf({ templates, hasKey, hasRequest }: Facts): Progress {
  const active = templates.find(({ active_version }) => active_version !== null);
  const written = templates.find(({ latest_version }) => latest_version > 0);
  const done = {
    write: hasRequest || written !== undefined,
    activate: hasRequest || active !== undefined,
    key: hasRequest || hasKey,
    call: hasRequest,
  };
  return { done, next: stepNames.find((step) => !done[step]), template: active ?? written ?? templates[0] };
}
