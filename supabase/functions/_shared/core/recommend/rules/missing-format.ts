import type { PreparedPrompt, Rule } from "../types.ts";

const FORMAT =
  /\b(?:json|yaml|xml|csv|markdown|html|srt|table|columns?|code block|bullets?|bullet points?|numbered|one per line|per line|one line per|each line|heading|headings|sections?|array|object|schema|semicolons?|comma|as one integer|in the form|formatted as|format:|template below|only (?:the|return|output)|return only|nothing (?:else|but)|no explanation|yes or no|one (?:of:|word|line|sentence)|(?:the )?(?:name|number|topic|code|letter|label|translation) (?:only|of the)|with yes|pass or fail)\b|\b(?:answer|reply|return|respond|write|say|output)s? (?:with )?(?:["“]|[A-Z]{2,}\b)|\bas: |\bwith (?:exactly )?one of\b|(?:answer|answers) (?:with )?(?:exactly )?one/i;

export const missingFormat: Rule = {
  name: "missing-format",
  severity: "warning",
  reason:
    "Several values come back in whatever form the model likes that day, so a program cannot read them and a person cannot compare two answers.",
  find: (prompt) =>
    !prompt.task.structured || statesFormat(prompt)
      ? []
      : [
          {
            message:
              "Several values are asked for, and nothing says in what form. Name it: JSON with its keys, one per line, a table with its columns.",
          },
        ],
};

function statesFormat(prompt: PreparedPrompt): boolean {
  const { response_format, tools } = prompt.config;
  if (response_format !== undefined || tools !== undefined) return true;
  return prompt.instructions.some(({ text }) => FORMAT.test(text.replace(/\s+/g, " ")));
}
