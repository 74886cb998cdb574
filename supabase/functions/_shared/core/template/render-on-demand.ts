import type { ParsedTemplate } from "./parse-template.ts";
import { withParts } from "./parts/fetch-parts.ts";
import { type RenderOptions, renderParsed } from "./render-parsed.ts";

/**
 * `renderTemplate` where code comes over a network: what a template seldom needs is fetched when it does.
 *
 * @param options without a meter: a render that stops to fetch begins again, and must not be charged twice
 * @throws TemplateError as `renderTemplate` does, and what a failing fetch throws
 */
export function renderOnDemand(
  template: ParsedTemplate,
  variables: Readonly<Record<string, unknown>> = {},
  options: Omit<RenderOptions, "meter"> = {},
): Promise<string> {
  return withParts(() => renderParsed(template, variables, options));
}
