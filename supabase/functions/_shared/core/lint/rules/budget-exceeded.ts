import type { Expression } from "../../template/ast/expressions.ts";
import type { Body, Statement } from "../../template/ast/statements.ts";
import { DEFAULT_BUDGETS } from "../../template/budgets.ts";
import { utf8Length } from "../../template/text/code-points.ts";
import type { LintRule } from "../lint-context.ts";
import { renderedStatements } from "../rendered-statements.ts";

/** Every rendering passes one of the limits of a render. Docs: docs/lint-rules/budget-exceeded.md */
export const budgetExceeded: LintRule = {
  level: "error",
  *check(context) {
    const { messages, contract } = context;
    for (const { index, error } of messages) {
      if (error?.code !== "budget_exceeded") continue;
      const at = { messageIndex: index, line: error.line, column: error.column };
      yield { message: error.message, remedy: "Split the template into smaller ones, or simplify it.", at };
    }
    const least = messages.map((message) =>
      leastOf(renderedStatements(context, message).map(({ statement }) => statement)),
    );
    const total = least.reduce(add, NOTHING);
    if (total.steps > DEFAULT_BUDGETS.steps) {
      yield {
        message: `Every rendering takes more than ${DEFAULT_BUDGETS.steps} steps.`,
        remedy: "Shorten its loops.",
      };
    }
    if (total.bytes > DEFAULT_BUDGETS.outputBytes) {
      yield {
        message: `Every rendering is longer than ${DEFAULT_BUDGETS.outputBytes} bytes.`,
        remedy: "Shorten its loops or its text.",
      };
    }
    const defaults = Object.values(contract.variables ?? {}).map((variable) => variable.default ?? null);
    if (utf8Length(JSON.stringify(defaults)) > DEFAULT_BUDGETS.variableBytes) {
      yield {
        message: `The contract's defaults are larger than ${DEFAULT_BUDGETS.variableBytes} bytes.`,
        remedy: "Shorten them, or let callers give these values.",
      };
    }
  },
};

/** What a piece costs at the very least, whatever its variables hold. */
interface Least {
  readonly steps: number;
  readonly bytes: number;
}

const NOTHING: Least = { steps: 0, bytes: 0 };

function add(a: Least, b: Least): Least {
  return { steps: a.steps + b.steps, bytes: a.bytes + b.bytes };
}

function leastOf(body: Body): Least {
  return body.map(leastOfStatement).reduce(add, NOTHING);
}

/** Only what is certain counts: text, and loops over literals. Conditions and captured text count as nothing. */
function leastOfStatement(statement: Statement): Least {
  switch (statement.kind) {
    case "text":
      return { steps: 0, bytes: utf8Length(statement.value) };
    case "for": {
      if (statement.condition || leavesEarly(statement.body)) return NOTHING;
      const rounds = roundsOf(statement.iterable);
      const round = leastOf(statement.body);
      return { steps: rounds * Math.max(1, round.steps), bytes: rounds * round.bytes };
    }
    case "with":
    case "block":
    case "autoescape":
      return leastOf(statement.body);
    default:
      return NOTHING;
  }
}

function leavesEarly(body: Body): boolean {
  return body.some((statement) => {
    if (statement.kind === "break" || statement.kind === "continue") return true;
    if (statement.kind === "if")
      return [statement.otherwise, ...statement.branches.map((one) => one.body)].some(leavesEarly);
    return statement.kind === "with" && leavesEarly(statement.body);
  });
}

/** How often a loop over this runs at least: known of `range` with literal bounds and of written-out lists. */
function roundsOf(iterable: Expression): number {
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
