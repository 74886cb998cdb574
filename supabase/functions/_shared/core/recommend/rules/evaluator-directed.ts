import { quote, removal, spanOf } from "../evidence.ts";
import type { Rule } from "../types.ts";

export const evaluatorDirected: Rule = {
  name: "evaluator-directed",
  severity: "warning",
  reason:
    "Text that speaks to a grader does nothing for the task. It is left out of every score here, and a model that reads it in production may follow it.",
  find: (prompt) =>
    prompt.evaluatorDirected.map((sentence) => ({
      message: `${quote(spanOf(prompt, sentence).text)} speaks to whoever grades the prompt, not to the model.`,
      evidence: [spanOf(prompt, sentence)],
      edits: sentence.branches.length > 0 || sentence.text.includes("Xx") ? [] : [removal(sentence)],
    })),
};
