import type { LintRule } from "../lint-context.ts";

/** The fixed text alone does not fit into the model. Docs: docs/lint-rules/token-window.md */
export const tokenWindow: LintRule = {
  level: "warning",
  *check({ tokens, model, messages }) {
    if (!tokens?.contextWindow) return;
    const fixed = messages.map(({ role, template, content }) => ({
      role,
      content: textOf(template, content),
    }));
    const count = tokens.countMessages(fixed);
    if (count <= tokens.contextWindow) return;
    const about = tokens.exact ? "" : "about ";
    yield {
      message: `The text alone is ${about}${count} tokens; ${model} takes ${tokens.contextWindow}, with its answer.`,
      remedy: "Shorten the messages, or choose a model with a larger context window.",
    };
  },
};

function textOf(template: { body: readonly { kind: string }[] } | null, content: string): string {
  if (!template) return content;
  return template.body
    .map((node) => ("value" in node && node.kind === "text" ? String(node.value) : ""))
    .join("");
}
