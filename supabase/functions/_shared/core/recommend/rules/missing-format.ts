import type { PreparedPrompt, Rule } from "../types.ts";

const FORMAT =
  /\b(?:json|yaml|xml|csv|markdown|html|srt|table|columns?|code block|bullets?|bullet points?|numbered|number (?:them|the|each|every)|one per line|per line|(?:on a )?line of its own|own line|per row|(?:tab|comma)-separated|separated by|in this form(?:at)?|one line per|each line|heading|headings|sections?|array|object|schema|semicolons?|comma|as one integer|in the form|formatted as|format:|template below|(?:return|answer|reply|respond|output|write|give|with) only|(?:label|name|word|number|code|category|class|letter) alone|only (?:return|output|answer|reply)|nothing (?:else|but)|no explanation|yes or no|one (?:of:|word|line|sentence)|(?:the )?(?:name|number|topic|code|letter|label|translation) (?:only|of the)|with yes|pass or fail)\b|\bas: |\bwith (?:exactly )?one of\b|(?:answer|answers) (?:with )?(?:exactly )?one/i;

/** "Answer “approved”", "reply with BLOCK": the very words; in capitals, so this one heeds case. */
const VERBATIM =
  /\b(?:[Aa]nswer|[Rr]eply|[Rr]eturn|[Rr]espond|[Ww]rite|[Ss]ay|[Oo]utput)s? (?:with )?(?:["“]|[A-Z]{2,}\b)/;
/** What to say when there is nothing to say is not the form of an answer. */
const FALLBACK = /\b(?:if|when|unless|for what)\b/i;

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
  return prompt.said.some(({ text }) => {
    const line = text.replace(/\s+/g, " ");
    return FORMAT.test(line) || (VERBATIM.test(line) && !FALLBACK.test(line));
  });
}
