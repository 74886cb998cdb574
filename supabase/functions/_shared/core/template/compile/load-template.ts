import type { ParsedTemplate } from "../parse-template.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { toList } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { PythonError, typeError } from "../values/python-error.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { type CompiledTemplate, compileTemplate } from "./template.ts";

/** Another template that one includes, imports or extends. */
export interface Loaded {
  readonly name: string;
  readonly template: ParsedTemplate;
  readonly compiled: CompiledTemplate;
}

/** Runs another template's code; one that is already running further up is refused. */
export function run<T>({ name, template }: Loaded, rt: Runtime, body: () => T): T {
  if (rt.including.includes(name) || template === rt.main) {
    throw new PythonError("include_cycle", `The template '${name}' includes itself.`);
  }
  rt.meter.enter();
  rt.including.push(name);
  const result = rt.within(template, { on: false }, body);
  rt.including.pop();
  rt.meter.leave();
  return result;
}

export function load(value: Value, rt: Runtime): Loaded {
  const loaded = tryLoad(value, rt);
  if (loaded) return loaded;
  const names = namesIn(value, rt).join("', '");
  throw new PythonError("template_not_found", `There is no template '${names}' to include.`);
}

export function tryLoad(value: Value, rt: Runtime): Loaded | undefined {
  if (!rt.options.loader) {
    throw new PythonError("template_not_found", "No other templates can be included or imported here.");
  }
  for (const name of namesIn(value, rt)) {
    const loaded = rt.load(name, (template) => ({ name, template, compiled: compileTemplate(template) }));
    if (loaded) return loaded;
  }
  return undefined;
}

/** A template's name, or several of which the first that exists is meant. */
function namesIn(value: Value, rt: Runtime): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Markup) return [value.text];
  if (value instanceof Undefined) throw value.error();
  if (Array.isArray(value) || value instanceof Tuple)
    return toList(value, rt).flatMap((name) => namesIn(name, rt));
  throw typeError(`a template's name must be a text, not ${typeName(value)}`);
}
