import { matchInstructions, quote } from "../evidence.ts";
import type { Match, Rule } from "../types.ts";

/** Before these "you" cannot go: "that you should answer" is no order without it. */
const MODAL = "(?:can|could|may|might|must|ought|shall|should|will|would)\\b";
const THAT_YOU = `that you (?!${MODAL}|(?:are|were|have|had)\\b)`;

/** Wordings that say nothing, or say it at length; each with what may stand instead. */
const FILLERS: readonly (readonly [pattern: string, replacement: string])[] = [
  ["it (?:is|'s) (?:very )?(?:important|worth|useful) to (?:note|remember|mention|understand) that,? ", ""],
  [
    `it (?:is|'s) (?:very |absolutely )?(?:important|essential|crucial|vital|necessary) (?:to |that (?=you ${MODAL})|${THAT_YOU})`,
    "",
  ],
  ["it should be (?:noted|mentioned) that,? ", ""],
  ["(?:please )?(?:note|keep in mind|bear in mind|be aware|remember) that,? ", ""],
  ["it would be (?:great|nice|good|helpful|appreciated) if you (?:could|would) ", ""],
  ["(?:i would like|i want|i need|i'd like) you to ", ""],
  ["(?:could|can|would|will) you (?:please |kindly )", ""],
  [`please (?:kindly |do )?(?:make sure|be sure|ensure) (?:to |${THAT_YOU})(?:always )?`, ""],
  [`(?:make|be) sure (?:to |${THAT_YOU})`, ""],
  ["please kindly ", ""],
  ["(?:feel free to|go ahead and|do not hesitate to|don't hesitate to) ", ""],
  ["in order to ", "to "],
  ["due to the fact that ", "because "],
  ["in the event that ", "if "],
  ["for the purpose of ", "for "],
  ["at this point in time", "now"],
  ["with (?:regard|respect) to ", "about "],
  [
    "(?:as a matter of fact|in actual fact|needless to say|at the end of the day|for all intents and purposes|as you (?:may )?know|first and foremost|last but not least),? ?",
    "",
  ],
  ["(?:basically|essentially|literally|obviously|of course|actually),? ", ""],
  ["each and every ", "every "],
  ["absolutely ", ""],
  ["(?:really|truly|extremely|very|super) ", ""],
  ["(?<=^|, |\\b(?:should|must|to|can|please) )(?:just|simply) ", ""],
  [",? ?(?:simply|plainly) and (?:completely|only)", ""],
  ["thank(?: you|s) (?:so much |very much |a lot )?(?:in advance|for your (?:help|time))[.!]*", ""],
  ["(?:please|kindly) ", ""],
];

const PATTERN = new RegExp(FILLERS.map(([pattern]) => `(?<![\\w'-])(${pattern})`).join("|"), "gi");

export const filler: Rule = {
  name: "filler",
  severity: "info",
  reason: "These words change nothing for the model and are paid for in every call.",
  find: (prompt) =>
    [...matchInstructions(prompt, PATTERN)].map(({ sentence, match, span }): Match => {
      const which = match.slice(1).findIndex((group) => group !== undefined);
      const replacement = FILLERS[which]?.[1] ?? "";
      const shown = { ...span, end: span.start + span.text.trimEnd().length, text: span.text.trimEnd() };
      const start = match.index === 0;
      const next = sentence.text.charAt(match.index + match[0].length);
      // What follows an opening that is cut becomes the opening, so it takes over the capital.
      const capital = start && replacement === "" && /[a-z]/.test(next) && /^[A-Z]/.test(match[0]);
      const edit = capital
        ? { message: span.message, start: span.start, end: span.end + 1, replacement: next.toUpperCase() }
        : {
            message: span.message,
            start: span.start,
            end: span.end,
            replacement: start ? capitalLike(replacement, match[0]) : replacement,
          };
      return {
        message:
          replacement === ""
            ? `${quote(shown.text)} can go.`
            : `${quote(shown.text)} can be ${quote(replacement)}.`,
        evidence: [shown],
        edits: [edit],
      };
    }),
};

function capitalLike(replacement: string, model: string): string {
  return /^[A-Z]/.test(model) ? replacement.charAt(0).toUpperCase() + replacement.slice(1) : replacement;
}
