import { canMeet } from "../../text/literal-text.ts";
import { quote, spanAt } from "../evidence.ts";
import type { Instruction, Match, PreparedPrompt, Rule } from "../types.ts";

const ROLE = /\b(?:you are|you're|act as|behave as) (an?|the) ([^.,;:!?\n]+)/gi;
const EMPTY_NOUNS =
  /^(?:[\w-]+,? (?:and )?)*?(?:assistant|expert|agent|ai|bot|chatbot|model|helper|specialist|professional)$/i;
const EMPTY_ADJECTIVES =
  /^(?:a|an|the|ai|very|highly|truly|extremely|and|helpful|friendly|polite|smart|intelligent|knowledgeable|expert|great|good|nice|professional|experienced|skilled|capable|useful|kind|language|virtual|powerful|advanced|world-class|best|large)$/i;

/** "… who helps with anything": what follows narrows nothing. */
const ANYTHING =
  /\b(?:anything|everything|whatever|any (?:tasks?|topics?|questions?|requests?|problems?))\b(?! (?:about|on|of|from|in)\b)/i;

interface Role {
  readonly sentence: Instruction;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly rest: string;
}

/** "a helpful assistant" is empty; "a billing assistant" and "an assistant who processes receipts" are not. */
function isEmpty(role: Role): boolean {
  if ((role.rest !== "" && !ANYTHING.test(role.rest)) || !EMPTY_NOUNS.test(role.title)) return false;
  return role.title
    .split(/[\s,]+/)
    .slice(0, -1)
    .every((word) => EMPTY_ADJECTIVES.test(word));
}

function findRoles(prompt: PreparedPrompt): Role[] {
  return prompt.instructions.flatMap((sentence) =>
    [...sentence.text.matchAll(ROLE)].map((match) => {
      const words = (match[2] as string).replace(/\s+/g, " ").trim();
      const cut = words.search(
        /\s(?:for|of|in|at|on|with|who|whose|that|which|from|working|speciali[sz]|to|by)\b/i,
      );
      const start = sentence.start + match.index;
      return {
        sentence,
        start,
        end: start + match[0].trimEnd().length,
        title: cut < 0 ? words : words.slice(0, cut),
        rest: cut < 0 ? "" : words.slice(cut + 1),
      };
    }),
  );
}

const NARROWED = /\byou (?:work|write|serve|help) (?:for|at|in)\b/i;

export const ambiguousRole: Rule = {
  name: "ambiguous-role",
  severity: "warning",
  reason:
    "Two roles pull the answer two ways, and a role that fits every task (“an expert”) narrows none. Both leave it to chance whose judgement is used.",
  find(prompt) {
    const roles = findRoles(prompt);
    const narrowed = prompt.instructions.some((sentence) => NARROWED.test(sentence.text));
    const empty = roles.filter((role) => !narrowed && isEmpty(role));
    const matches: Match[] = empty.map((role) => {
      const span = spanAt(prompt, role.sentence.message, role.start, role.end);
      return {
        message: `${quote(span.text)} fits any task. Say in what, for whom, or with which duty.`,
        evidence: [span],
      };
    });
    for (const { sentence, start, title } of roles.filter((role) => !empty.includes(role))) {
      // "A scholar and a comedian and a lawyer": three in one breath; of two, one may be what the other is also.
      if ((title.match(/\band an? /gi)?.length ?? 0) < 2) continue;
      const span = spanAt(prompt, sentence.message, start, sentence.end);
      matches.push({
        message: `${quote(span.text)} names several roles at once. Keep one.`,
        evidence: [span],
      });
    }
    const [first, ...others] = roles.filter((role) => !empty.includes(role));
    const second = others.find(
      (role) =>
        first &&
        headNoun(role) !== headNoun(first) &&
        canMeet(role.sentence.branches, first.sentence.branches),
    );
    if (first && second) {
      const spans = [first, second].map((r) => spanAt(prompt, r.sentence.message, r.start, r.end));
      matches.push({
        message: `The model is given two roles: ${spans.map((span) => quote(span.text)).join(" and ")}. Keep one, or say when each holds.`,
        evidence: spans,
      });
    }
    return matches;
  },
};

function headNoun(role: Role): string {
  return role.title.toLowerCase().split(" ").at(-1) ?? "";
}
