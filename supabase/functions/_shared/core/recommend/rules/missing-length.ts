import type { PreparedPrompt, Rule } from "../types.ts";

const NUMBER =
  "(?:\\d[\\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|fifty|hundred|an?)";
const UNIT =
  "(?:words?|sentences?|paragraphs?|characters?|letters?|lines?|bullets?|bullet points?|points?|tokens?|pages?|steps?|items?|minutes?|examples?|wines|slots?|hints?|choices|options|questions?|tips|headlines?|columns)";
const BOUND = new RegExp(
  `\\b${NUMBER}(?:\\s+(?:or|to|and)\\s+${NUMBER})?[\\s-]+(?:(?!few\\b)[\\w-]+\\s+){0,2}?${UNIT}\\b`,
  "i",
);
const MANNER =
  /\b(?:short|shorter|brief|briefly|concise|concisely|succinct|terse|long|lengthy|in full|at length|tl;dr|one-line|line by line|length)\b/i;
const SHORT_BY_NATURE =
  /\b(?:headline|title|slogan|tagline|haiku|limerick|sonnet|tweet|alt text|name only|commit message|translation|proofread)\b/i;

export const missingLength: Rule = {
  name: "missing-length",
  severity: "info",
  reason:
    "Without a bound the model chooses the length itself: answers vary, and output tokens are the dearest part of most calls.",
  find: (prompt) =>
    !prompt.task.prose || statesLength(prompt)
      ? []
      : [
          {
            message:
              "Nothing bounds the length of the answer. Say how many words, sentences or points it may have.",
          },
        ],
};

function statesLength(prompt: PreparedPrompt): boolean {
  const { max_tokens, max_completion_tokens } = prompt.config;
  if (max_tokens !== undefined || max_completion_tokens !== undefined) return true;
  return prompt.said.some(({ text }) => BOUND.test(text) || MANNER.test(text) || SHORT_BY_NATURE.test(text));
}
