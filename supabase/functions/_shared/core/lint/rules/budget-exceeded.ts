import { DEFAULT_BUDGETS } from "../../template/budgets.ts";
import { utf8Length } from "../../template/text/code-points.ts";
import { add, leastOf, NOTHING } from "../least-use.ts";
import type { LintRule } from "../lint-context.ts";
import { renderedStatements } from "../rendered-statements.ts";
import { sureExcess } from "../sure-excess.ts";

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
    for (const { index, template } of messages) {
      const excess = template && sureExcess(template.body);
      if (!excess) continue;
      const { message, remedy, at } = excess;
      yield { message, remedy, at: { messageIndex: index, line: at.line, column: at.column } };
      return;
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
