import type { Block, Extends, FromImport, Import, Include, Position } from "../ast.ts";
import type { ParsedTemplate } from "../parse-template.ts";
import { Context } from "../runtime/context.ts";
import type { Frame } from "../runtime/frame.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { TemplateModule } from "../runtime/template-references.ts";
import { toList } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { PythonError, runtimeError, typeError } from "../values/python-error.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { compileExpression } from "./expressions.ts";
import { type Execute, GO_ON, type Scope } from "./scope.ts";
import { type CompiledTemplate, compileTemplate, freshBlocks, globalsOf } from "./template.ts";
import { compileLocals } from "./variables.ts";

/** A block where it stands: the most derived template's version of it runs. */
export function compileBlock(node: Block, scope: Scope): Execute {
  const { compilation } = scope;
  if (compilation.blocks.has(node.name)) {
    throw scope.error("syntax_error", `block '${node.name}' defined twice`, node);
  }
  compilation.blocks.set(node.name, node);
  if (scope.topLevel && compilation.surelyExtends) return () => GO_ON;
  const locals = node.scoped ? compileLocals(scope) : undefined;
  return (frame) => {
    const { rt, context } = frame;
    if (scope.topLevel && context.parent) return GO_ON;
    const stack = context.blocks.get(node.name) ?? [];
    rt.at = node;
    if (node.required && stack.length <= 1) throw runtimeError(`Required block '${node.name}' not found`);
    rt.meter.enter();
    stack[0]?.(rt, locals ? context.derived(locals(frame)) : context);
    rt.meter.leave();
    return GO_ON;
  };
}

export function compileExtends(node: Extends, scope: Scope): Execute {
  if (!scope.topLevel)
    throw scope.error("syntax_error", "cannot use extend from a non top-level scope", node);
  const name = compileExpression(node.template, scope);
  if (scope.rootLevel) scope.compilation.surelyExtends = true;
  return (frame) => {
    const { rt, context } = frame;
    const value = name(frame);
    rt.at = node.template;
    if (context.parent) throw runtimeError("extended multiple times");
    const loaded = load(value, rt);
    for (const [block, body] of loaded.compiled.blocks) {
      const stack = context.blocks.get(block);
      if (stack) stack.push(body);
      else context.blocks.set(block, [body]);
    }
    context.parent = (runtime, own) => {
      runtime.at = node.template;
      run(loaded, runtime, () => loaded.compiled.root(runtime, own));
    };
    return GO_ON;
  };
}

export function compileInclude(node: Include, scope: Scope): Execute {
  const name = compileExpression(node.template, scope);
  const locals = compileLocals(scope);
  return (frame) => {
    const { rt } = frame;
    const value = name(frame);
    rt.at = node.template;
    const loaded = node.ignoreMissing ? tryLoad(value, rt) : load(value, rt);
    if (!loaded) return GO_ON;
    const context = contextFor(loaded, node, frame, locals);
    run(loaded, rt, () => loaded.compiled.root(rt, context));
    return GO_ON;
  };
}

interface Loaded {
  readonly name: string;
  readonly template: ParsedTemplate;
  readonly compiled: CompiledTemplate;
}

/** The variables another template sees: those around the tag, or only the global functions. */
function contextFor(
  { template, compiled }: Loaded,
  node: { withContext: boolean },
  frame: Frame,
  locals: (frame: Frame) => ReadonlyMap<string, Value>,
): Context {
  const blocks = freshBlocks(compiled);
  if (node.withContext) return frame.context.shared(locals(frame), blocks);
  return new Context([globalsOf(template, frame.rt)], blocks);
}

/** Runs another template's code; one that is already running further up is refused. */
function run<T>({ name, template }: Loaded, rt: Runtime, body: () => T): T {
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

function load(value: Value, rt: Runtime): Loaded {
  const loaded = tryLoad(value, rt);
  if (loaded) return loaded;
  const names = namesIn(value, rt).join("', '");
  throw new PythonError("template_not_found", `There is no template '${names}' to include.`);
}

function tryLoad(value: Value, rt: Runtime): Loaded | undefined {
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

/** Renders another template for what it provides. */
function importModule(
  node: Import | FromImport,
  name: Value,
  frame: Frame,
  locals: (frame: Frame) => ReadonlyMap<string, Value>,
): TemplateModule {
  const { rt } = frame;
  const loaded = load(name, rt);
  const context = contextFor(loaded, node, frame, locals);
  const text = run(loaded, rt, () => rt.output.capture(() => loaded.compiled.root(rt, context)));
  return new TemplateModule(loaded.name, context.exports(), text);
}

/** Imports are seen by blocks and includes, but not exported again. */
function publish(frame: Frame, scope: Scope, name: string, value: Value): void {
  if (!scope.topLevel) return;
  frame.context.vars.set(name, value);
  frame.context.exported.delete(name);
}

export function compileImport(node: Import, scope: Scope): Execute {
  const name = compileExpression(node.template, scope);
  const locals = compileLocals(scope);
  const { slot } = scope.variable(node.alias);
  return (frame) => {
    const value = name(frame);
    frame.rt.at = node.template;
    const module = importModule(node, value, frame, locals);
    frame.slots[slot] = module;
    publish(frame, scope, node.alias, module);
    return GO_ON;
  };
}

export function compileFromImport(node: FromImport, scope: Scope): Execute {
  const name = compileExpression(node.template, scope);
  const locals = compileLocals(scope);
  const names = node.names.map((imported) => ({ ...imported, slot: scope.variable(imported.alias).slot }));
  return (frame) => {
    const value = name(frame);
    frame.rt.at = node.template;
    const module = importModule(node, value, frame, locals);
    for (const imported of names) {
      const found = module.attribute(imported.name);
      const item = found === undefined ? notExported(frame, imported.name, node) : found;
      frame.slots[imported.slot] = item;
      publish(frame, scope, imported.alias, item);
    }
    return GO_ON;
  };
}

function notExported(frame: Frame, name: string, { line }: Position): Value {
  return frame.rt.undefined({
    hint: `the template imported on line ${line} does not export the requested name '${name}'`,
    variable: name,
  });
}
