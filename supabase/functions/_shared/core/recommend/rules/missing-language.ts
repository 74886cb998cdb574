import type { PreparedPrompt, Rule } from "../types.ts";

export const LANGUAGES =
  "english|german|french|spanish|italian|portuguese|dutch|danish|swedish|norwegian|finnish|polish|czech|slovak|hungarian|romanian|bulgarian|greek|turkish|russian|ukrainian|arabic|hebrew|hindi|bengali|urdu|chinese|mandarin|cantonese|japanese|korean|vietnamese|thai|indonesian|malay|swahili|catalan|croatian|serbian|slovenian|estonian|latvian|lithuanian|latin|persian|farsi";
const NAMED = new RegExp(
  `\\b(?:${LANGUAGES})\\b|\\blanguages?\\b|\\b(?:british|american) spelling\\b|\\bthe same language\\b|\\bISO 639\\b`,
  "i",
);
// "Translate to {{ language }}": the language is a variable of the request.
const BY_VARIABLE = /\b(?:in|into|to) X{1}x{3,}/;

export const missingLanguage: Rule = {
  name: "missing-language",
  severity: "info",
  reason:
    "Where input may come in any language, a model answers now in that language, now in the prompt's. Readers notice at once.",
  find: (prompt) => {
    const { prose, openLanguage, translates } = prompt.task;
    const open = (prose && openLanguage) || translates;
    return !open || statesLanguage(prompt)
      ? []
      : [
          {
            message:
              "Nothing says in which language to answer. Name one, or say “in the language of the question”.",
          },
        ];
  },
};

function statesLanguage(prompt: PreparedPrompt): boolean {
  return prompt.said.some(
    ({ text }) => NAMED.test(text) || (prompt.task.translates && BY_VARIABLE.test(text)),
  );
}
