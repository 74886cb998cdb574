import { Meter } from "../budgets.ts";
import { parseTemplate } from "../parse-template.ts";
import { type RenderOptions, renderTemplate } from "../render-template.ts";
import { TemplateError } from "../template-error.ts";

/** Time is a budget of its own, tested below with a clock of its own. */
export const unhurried = () => new Meter({ milliseconds: Number.POSITIVE_INFINITY });

export function render(
  source: string,
  variables: Record<string, unknown> = {},
  options: RenderOptions = {},
): string {
  return renderTemplate(parseTemplate(source), variables, { meter: unhurried(), ...options });
}

/** The budget that is passed and where, as `steps 2:6`; or what else comes of it. */
export function passed(...args: Parameters<typeof render>): string {
  try {
    return `rendered ${render(...args).length}`;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return `${error.budget ?? error.code} ${error.line}:${error.column}`;
  }
}
