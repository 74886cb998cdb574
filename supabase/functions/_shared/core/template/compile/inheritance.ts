import type { Block, Extends } from "../ast/statements.ts";
import { type BlockBody, type Context, Frame } from "../runtime/context.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { parentBlock, TemplateReference } from "../runtime/template-references.ts";
import { runtimeError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";
import { analyzeBody } from "./analyze.ts";
import { compileExpression } from "./expressions.ts";
import { load, run } from "./load-template.ts";
import { compileLocals } from "./locals.ts";
import { type Compilation, type Execute, GO_ON, Scope } from "./scope.ts";
import { compileBody } from "./statements.ts";
import { compileEnter } from "./variables.ts";
import { findSpecialNames } from "./walk-names.ts";

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

/** A block's own code, which a template may have to offer in place of the one it extends. */
export function compileBlockBody(block: Block, compilation: Compilation): BlockBody {
  const scope = Scope.root(compilation);
  const special = findSpecialNames(block.body);
  const self = special.has("self") ? scope.symbols.declare("self").slot : -1;
  const parent = special.has("super") ? scope.symbols.declare("super").slot : -1;
  analyzeBody(block.body, scope.symbols);
  const body = compileBody(block.body, scope);
  const enter = compileEnter(scope);
  const { template } = compilation;
  const run: BlockBody = (rt, context) => {
    const frame = new Frame(rt, scope.layout.size, context, undefined);
    if (self >= 0) frame.slots[self] = selfOf(context);
    if (parent >= 0) frame.slots[parent] = superOf(block.name, run, rt, context);
    rt.within(template, context.escaping, () => {
      enter(frame);
      body(frame);
    });
  };
  return run;
}

/** `self`: the blocks of the template that was asked for. */
export function selfOf(context: Context): Value {
  return new TemplateReference(context);
}

function superOf(name: string, current: BlockBody, rt: Runtime, context: Context): Value {
  const stack = context.blocks.get(name) ?? [];
  return parentBlock(name, context, stack, stack.indexOf(current), rt);
}
