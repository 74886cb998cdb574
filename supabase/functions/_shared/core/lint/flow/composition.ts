import type { Expression, Position } from "../../template/ast/expressions.ts";
import type {
  Block,
  Body,
  Extends,
  FromImport,
  Import,
  Include,
  Statement,
} from "../../template/ast/statements.ts";
import type { ParsedTemplate } from "../../template/parse-template.ts";
import { evaluate, evaluateCondition } from "./expressions.ts";
import { placeholdersOf } from "./macro.ts";
import { walkBody } from "./statements.ts";
import { DEFINED, OPAQUE, type Value } from "./value.ts";
import type { Override } from "./walk-records.ts";
import type { Walker } from "./walker.ts";

/**
 * Walks a whole template. One that extends a known other is what that one is, with its own blocks put in the place of
 * those of the same name; of the rest of it only what gives names their values counts.
 */
export function walkTemplate(walker: Walker, body: Body): void {
  walker.scope.assign("self", OPAQUE);
  const at = body.findIndex((statement) => statement.kind === "extends");
  const tag = body[at];
  const parent = tag?.kind === "extends" ? find(walker, tag.template)?.template : undefined;
  if (!tag || !parent) {
    walkBody(walker, body);
    return;
  }
  walkBody(walker, body.slice(0, at));
  walkBody(walker, body.slice(at + 1).filter(givesNames));
  const { overrides } = walker;
  walker.overrides = new Map([...blocksOf(walker, body, tag), ...overrides]);
  walkNamed(walker, tag.kind === "extends" ? tag.template : null, tag);
  walker.overrides = overrides;
}

/** Behind `extends` nothing is printed: what stands there is rendered by nobody. */
function givesNames({ kind }: Statement): boolean {
  return (
    kind !== "text" &&
    kind !== "output" &&
    kind !== "block" &&
    kind !== "call_block" &&
    kind !== "filter_block"
  );
}

function blocksOf(walker: Walker, body: Body, entrance: Position): [string, Override][] {
  const { within } = walker;
  return body.flatMap((block) => (block.kind === "block" ? [[block.name, { block, within, entrance }]] : []));
}

/** Statements that join templates: what is included sees this template's names, what is imported does not. */
export function evaluateComposition(
  walker: Walker,
  statement: Block | Extends | Include | Import | FromImport,
): void {
  switch (statement.kind) {
    case "block":
      walkBlock(walker, statement);
      return;
    case "include":
      if (statement.withContext) walkNamed(walker, statement.template, statement.template);
      else walker.needs(evaluate(walker, statement.template), statement.template);
      return;
    case "extends":
      walkNamed(walker, statement.template, statement.template);
      return;
    case "import": {
      const members = importMembers(walker, statement);
      const callable = members ? ({ kind: "module", members } as const) : OPAQUE.callable;
      walker.scope.assign(statement.alias, { ...OPAQUE, callable });
      return;
    }
    case "from_import": {
      const members = importMembers(walker, statement);
      for (const { name, alias } of statement.names) walker.scope.assign(alias, members?.get(name) ?? OPAQUE);
      return;
    }
  }
}

function walkBlock(walker: Walker, block: Block): void {
  const override = walker.overrides.get(block.name);
  if (!override || override.block === block) {
    walkBlockBody(walker, block.body, OPAQUE);
    return;
  }
  // `super()` stands for this block's own text, as often as the other calls it.
  const { path } = walker.apart(() => walkBlockBody(walker, block.body, OPAQUE));
  const macro = { name: "super", parameters: [], path, placeholders: placeholdersOf(path) };
  const above: Value = { ...DEFINED, callable: { kind: "macro", macro } };
  walker.inside(override.within, override.entrance, () => walkBlockBody(walker, override.block.body, above));
}

function walkBlockBody(walker: Walker, body: Body, above: Value): void {
  walker.inScope(() => {
    walker.scope.assign("self", OPAQUE);
    walker.scope.assign("super", above);
    walkBody(walker, body);
  });
}

/** Walks the template an expression names by a literal and that is known; anything else tells nothing. */
function walkNamed(walker: Walker, name: Expression | null, tag: Position): void {
  if (name?.kind === "conditional") {
    const { condition, whenTrue, whenFalse } = name;
    walker.branch(
      evaluateCondition(walker, condition),
      () => walkNamed(walker, whenTrue, tag),
      () => walkNamed(walker, whenFalse, tag),
    );
    return;
  }
  if (!name) return;
  walker.needs(evaluate(walker, name), name);
  const found = find(walker, name);
  if (found) enter(walker, found, tag, () => walker.inScope(() => walkTemplate(walker, found.template.body)));
}

interface Found {
  readonly name: string;
  readonly template: ParsedTemplate;
}

/** Of several names the first that is known is meant. */
function find(walker: Walker, expression: Expression): Found | null {
  const names = expression.kind === "list" || expression.kind === "tuple" ? expression.items : [expression];
  for (const one of names) {
    if (one.kind !== "string" || walker.including.includes(one.value)) continue;
    const template = walker.resolve(one.value, walker.within);
    if (template) return { name: one.value, template };
  }
  return null;
}

function enter(walker: Walker, { name, template }: Found, tag: Position, walk: () => void): void {
  walker.including.push(name);
  walker.inside(template, tag, walk);
  walker.including.pop();
}

/** What an imported template defines; null where it is not known. Its body is rendered, though not shown. */
function importMembers(
  walker: Walker,
  { template, withContext }: Import | FromImport,
): ReadonlyMap<string, Value> | null {
  walker.needs(evaluate(walker, template), template);
  const found = find(walker, template);
  if (!found) return null;
  let members: ReadonlyMap<string, Value> = new Map();
  enter(walker, found, template, () => {
    const walk = () => walkTemplate(walker, found.template.body);
    const piece = withContext ? walker.apart(walk) : walker.sealedApart(walk);
    walker.path.follow(piece.path);
    members = piece.scope.own;
  });
  return members;
}
