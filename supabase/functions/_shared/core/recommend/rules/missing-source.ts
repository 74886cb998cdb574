import type { PreparedPrompt, Rule } from "../types.ts";

const SOURCE =
  /\b(?:cite|quote|citations?|sources?|based on|base (?:the|your|it)|rely on|according to|grounded|take (?:facts|all facts)|from the (?:\w+ )?(?:below|list|notes|articles|policy|manual|documents?|context|report|guide|statement|table|sheet|protocol|catalogue|statutes|excerpt|textbook|knowledge base|invoice|order|data)|only (?:the|use|from|wines)|use (?:only )?(?:the|common knowledge)|(?:articles|documents?|notes|statutes|list|material|excerpts?|cookbook) below|(?:the|in the) (?:\w+ )?(?:context|knowledge base|run book|articles|manual|sheet|excerpt|lecture notes|plant list|fact sheet)|search)\b/i;

export const missingSource: Rule = {
  name: "missing-source",
  severity: "info",
  reason:
    "Facts without a named source come from what the model remembers, which may be old or invented, and nobody can check them.",
  find: (prompt) =>
    !prompt.task.wantsFacts || statesSource(prompt)
      ? []
      : [
          {
            message:
              "Facts are asked for, and nothing says where they may come from. Name the material, or ask for a citation.",
          },
        ],
};

function statesSource(prompt: PreparedPrompt): boolean {
  return prompt.said.some(({ text }) => SOURCE.test(text.replace(/\s+/g, " ")));
}
