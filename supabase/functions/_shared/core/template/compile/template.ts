import type { Block } from "../ast/statements.ts";
import { globalsFor } from "../globals/globals.ts";
import type { ParsedTemplate } from "../parse-template.ts";
import { gatherParts, part } from "../parts/parts.ts";
import { type BlockBody, Frame, type RootBody } from "../runtime/context.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Value } from "../values/value.ts";
import { analyzeBody } from "./analyze.ts";
import { hasExtends } from "./loop-checks.ts";
import { type Compilation, Scope } from "./scope.ts";
import { compileBody } from "./statements.ts";
import { compileEnter } from "./variables.ts";
import { findSpecialNames } from "./walk-names.ts";

/** A template turned into functions. It holds no state of any render, so all renders share it. */
export interface CompiledTemplate {
  readonly root: RootBody;
  readonly blocks: ReadonlyMap<string, BlockBody>;
}

const compiled = new WeakMap<ParsedTemplate, CompiledTemplate>();

/**
 * Compiles a template, once.
 *
 * @throws TemplateError `unknown_filter`, `unknown_test` or `syntax_error`, for what only shows when the
 * template is looked at as a whole
 */
export function compileTemplate(template: ParsedTemplate): CompiledTemplate {
  let result = compiled.get(template);
  if (!result) {
    result = gatherParts(() => compile(template));
    compiled.set(template, result);
  }
  return result;
}

function compile(template: ParsedTemplate): CompiledTemplate {
  const mayExtend = hasExtends(template.body);
  const found = new Map<string, Block>();
  const compilation: Compilation = { template, surelyExtends: false, nodes: 0, blocks: found };
  const root = compileRoot(template, compilation, mayExtend);
  const blocks = new Map<string, BlockBody>();
  // Blocks inside blocks are found while those around them are compiled, and join the end of the map.
  for (const [name, block] of found)
    blocks.set(name, part("inheritance").compileBlockBody(block, compilation));
  return { root, blocks };
}

function compileRoot(template: ParsedTemplate, compilation: Compilation, mayExtend: boolean): RootBody {
  const scope = Scope.root(compilation);
  const self = findSpecialNames(template.body).has("self") ? scope.symbols.declare("self").slot : -1;
  analyzeBody(template.body, scope.symbols);
  scope.topLevel = true;
  scope.rootLevel = true;
  scope.outputGuarded = mayExtend;
  const body = compileBody(template.body, scope);
  const enter = compileEnter(scope);
  return (rt, context) => {
    const frame = new Frame(rt, scope.layout.size, context, undefined);
    if (self >= 0) frame.slots[self] = part("inheritance").selfOf(context);
    enter(frame);
    body(frame);
    const { parent } = context;
    context.parent = undefined;
    parent?.(rt, context);
  };
}

/** The blocks of a template as a context begins with them. */
export function freshBlocks(template: CompiledTemplate): Map<string, BlockBody[]> {
  const blocks = new Map<string, BlockBody[]>();
  for (const [name, body] of template.blocks) blocks.set(name, [body]);
  return blocks;
}

/** The global functions a template knows in this render. */
export function globalsOf(template: ParsedTemplate, rt: Runtime): ReadonlyMap<string, Value> {
  return globalsFor(template.chat, rt.options.now !== undefined);
}
