import type { LintContext, LintMessage, LintRule } from "../lint-context.ts";
import { renderedStatements } from "../rendered-statements.ts";

/** The fixed text alone does not fit into the model. Docs: docs/lint-rules/token-window.md */
export const tokenWindow: LintRule = {
  level: "warning",
  *check(context) {
    const { tokens, model, messages } = context;
    if (!tokens?.contextWindow) return;
    const fixed = messages.map((message) => ({ role: message.role, content: textOf(context, message) }));
    const count = tokens.countMessages(fixed);
    if (count <= tokens.contextWindow) return;
    const figure = tokens.exact
      ? `${count} tokens`
      : `about ${count} tokens, counted with another model's tokenizer`;
    yield {
      message: `The text alone is ${figure}; ${model} takes ${tokens.contextWindow}, with its answer.`,
      remedy: "Shorten the messages, or choose a model with a larger context window.",
    };
  },
};

function textOf(context: LintContext, message: LintMessage): string {
  if (!message.template) return message.content;
  return renderedStatements(context, message)
    .map(({ statement }) => (statement.kind === "text" ? statement.value : ""))
    .join("");
}
