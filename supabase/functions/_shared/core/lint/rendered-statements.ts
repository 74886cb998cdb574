import type { Position } from "../template/ast/expressions.ts";
import type { Body, Statement } from "../template/ast/statements.ts";
import type { ParsedTemplate } from "../template/parse-template.ts";
import type { LintContext, LintMessage } from "./lint-context.ts";

/** A statement that every rendering comes to, and where: what is included stands at the tag that includes it. */
export interface RenderedStatement {
  readonly statement: Statement;
  readonly at: Position;
}

/** Templates that include each other many times over are followed no further than this. */
const MOST_STATEMENTS = 20_000;
const DEEPEST = 20;

/** What a message renders from its first statement to its last, with known included templates in their places. */
export function renderedStatements({ resolve }: LintContext, { template }: LintMessage): RenderedStatement[] {
  const found: RenderedStatement[] = [];
  const walk = (body: Body, within: ParsedTemplate | undefined, entrance: Position | null, depth: number) => {
    for (const statement of body) {
      if (found.length >= MOST_STATEMENTS) return;
      const name = statement.kind === "include" || statement.kind === "extends" ? statement.template : null;
      const included = name?.kind === "string" && depth < DEEPEST ? resolve?.(name.value, within) : undefined;
      if (included) walk(included.body, included, entrance ?? name, depth + 1);
      else found.push({ statement, at: entrance ?? statement });
    }
  };
  if (template) walk(template.body, undefined, null, 0);
  return found;
}
