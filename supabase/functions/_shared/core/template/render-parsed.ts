import { type Budgets, Meter } from "./budgets.ts";
import { compileTemplate, freshBlocks, globalsOf } from "./compile/template.ts";
import type { ParsedTemplate } from "./parse-template.ts";
import { Context } from "./runtime/context.ts";
import { type Loader, Runtime } from "./runtime/runtime.ts";
import { Converter } from "./values/from-javascript.ts";

export interface RenderOptions {
  /**
   * What a name without value is. `default`: prints as nothing, as Jinja2 does by default. `strict`: an
   * error unless it is only asked whether it is defined, or given a default.
   */
  readonly undefined?: "default" | "strict";
  /** Limits other than the standard ones. Ignored when a meter is given, which has its own. */
  readonly budgets?: Partial<Budgets>;
  /** Shared by renders that together may use no more than one budget. */
  readonly meter?: Meter;
  /** The clock of `strftime_now`, which does not exist without one. Read in UTC. */
  readonly now?: () => Date;
  /** Chooses for `random` and `lipsum`: from 0 to below 1. */
  readonly random?: () => number;
  /** Answers the templates that `include`, `import` and `extends` name. */
  readonly loader?: Loader;
}

/**
 * Renders a template with the engine's parts that are there (`parts/`): `renderTemplate` has all of them,
 * `renderOnDemand` fetches them. The variables are copied first, so the template cannot change the caller's; and
 * nothing it does outlasts the render.
 *
 * @param variables JSON values, at most 256 KiB; taken as well are bigints, `Float`s, and a `Map` for an
 *   object whose keys look like integers, which JavaScript's own objects put first
 * @returns the text, at most 1 MiB of UTF-8
 * @throws TemplateError, and MissingPart when it comes to a part that is not there
 */
export function renderParsed(
  template: ParsedTemplate,
  variables: Readonly<Record<string, unknown>> = {},
  options: RenderOptions = {},
): string {
  const meter = options.meter ?? new Meter(options.budgets);
  const rt = new Runtime(template, meter, {
    strict: options.undefined === "strict",
    now: options.now,
    random: options.random ?? Math.random,
    loader: options.loader,
  });
  try {
    return render(template, variables, rt);
  } catch (error) {
    throw rt.locate(error) ?? error;
  } finally {
    meter.resetNesting();
  }
}

function render(template: ParsedTemplate, variables: Readonly<Record<string, unknown>>, rt: Runtime): string {
  const compiled = compileTemplate(template);
  rt.meter.start();
  const values = new Converter(rt.meter).variables(variables);
  const context = new Context([values, globalsOf(template, rt)], freshBlocks(compiled));
  rt.escaping = context.escaping;
  compiled.root(rt, context);
  return rt.output.finish();
}
