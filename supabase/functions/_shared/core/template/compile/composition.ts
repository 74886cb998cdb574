import type { Position } from "../ast/expressions.ts";
import type { FromImport, Import, Include } from "../ast/statements.ts";
import { Context, type Frame } from "../runtime/context.ts";
import { TemplateModule } from "../runtime/template-references.ts";
import type { Value } from "../values/value.ts";
import { compileExpression } from "./expressions.ts";
import { type Loaded, load, run, tryLoad } from "./load-template.ts";
import { compileLocals } from "./locals.ts";
import { type Execute, GO_ON, type Scope } from "./scope.ts";
import { freshBlocks, globalsOf } from "./template.ts";

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
