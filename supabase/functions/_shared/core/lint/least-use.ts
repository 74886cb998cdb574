import type { Expression } from "../template/ast/expressions.ts";
import type { Body, Statement } from "../template/ast/statements.ts";
import { utf8Length } from "../template/text/code-points.ts";

/** What every rendering uses at least. */
export interface LeastUse {
  readonly steps: number;
  readonly bytes: number;
}

export const NOTHING: LeastUse = { steps: 0, bytes: 0 };

export function add(a: LeastUse, b: LeastUse): LeastUse {
  return { steps: a.steps + b.steps, bytes: a.bytes + b.bytes };
}

/** A body takes a step for each of its statements before the first one runs. */
export function leastOf(body: Body): LeastUse {
  return body.map(leastOfStatement).reduce(add, { steps: body.length, bytes: 0 });
}

/** Only what is certain counts: text, and loops over literals. Conditions and captured text count as nothing. */
function leastOfStatement(statement: Statement): LeastUse {
  switch (statement.kind) {
    case "text":
      return { steps: 0, bytes: utf8Length(statement.value) };
    case "output":
      // Its expression has one node at least.
      return { steps: 1, bytes: 0 };
    case "for": {
      if (statement.condition || leavesEarly(statement.body)) return NOTHING;
      const rounds = roundsOf(statement.iterable);
      const round = leastOf(statement.body);
      return { steps: rounds * (1 + round.steps), bytes: rounds * round.bytes };
    }
    case "with":
    case "block":
    case "autoescape":
      return leastOf(statement.body);
    default:
      return NOTHING;
  }
}

export function leavesEarly(body: Body): boolean {
  return body.some((statement) => {
    if (statement.kind === "break" || statement.kind === "continue") return true;
    if (statement.kind === "if")
      return [statement.otherwise, ...statement.branches.map((one) => one.body)].some(leavesEarly);
    return statement.kind === "with" && leavesEarly(statement.body);
  });
}

/** How often a loop over this runs at least: known of `range` with literal bounds and of written-out lists. */
export function roundsOf(iterable: Expression): number {
  if (iterable.kind === "list" || iterable.kind === "tuple") return iterable.items.length;
  if (iterable.kind !== "call" || iterable.callee.kind !== "name" || iterable.callee.name !== "range")
    return 0;
  const bounds = iterable.args.positional.map((bound) =>
    bound.kind === "integer" ? Number(bound.value) : NaN,
  );
  const [first = NaN, second = NaN] = bounds;
  const rounds = bounds.length === 1 ? first : bounds.length === 2 ? second - first : NaN;
  return Number.isFinite(rounds) ? Math.max(rounds, 0) : 0;
}
