import "./parts/all-parts.ts";
import type { ParsedTemplate } from "./parse-template.ts";
import { type RenderOptions, renderParsed } from "./render-parsed.ts";

export type { RenderOptions };

/**
 * Renders a template, with the whole engine there: what functions and scripts use. The variables are copied first,
 * so the template cannot change the caller's; and nothing it does outlasts the render.
 *
 * @param variables JSON values, at most 256 KiB; see `renderParsed`
 * @returns the text, at most 1 MiB of UTF-8
 * @throws TemplateError and nothing else
 */
export const renderTemplate: (
  template: ParsedTemplate,
  variables?: Readonly<Record<string, unknown>>,
  options?: RenderOptions,
) => string = renderParsed;
