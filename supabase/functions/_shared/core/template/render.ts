import { fromJinjaOptions, type JinjaOptions } from "./jinja-options.ts";
import { parseTemplate } from "./parse-template.ts";
import { type RenderOptions, renderTemplate } from "./render-template.ts";

/**
 * Renders a template as Python's `SandboxedEnvironment(**options).from_string(template).render(**variables)`
 * does, in one step. Who renders a template more than once parses it once instead: `parseTemplate`, then
 * `renderTemplate`.
 *
 * @param variables JSON values; see `renderTemplate`
 * @param options by Python's names, all off by default
 * @throws TemplateError and nothing else
 */
export function render(
  template: string,
  variables: Readonly<Record<string, unknown>> = {},
  options: JinjaOptions = {},
  renderOptions: RenderOptions = {},
): string {
  return renderTemplate(parseTemplate(template, fromJinjaOptions(options)), variables, renderOptions);
}
