import type { Rule } from "../types.ts";

// "You are the …", "Act as …", "You write …", "for the board of …": who the model is, or for whom it works.
const ROLE =
  /\b(?:you are|you're) (?:an?|the|working|acting|responsible|in charge)\b|\b(?:act|acting|behave|serve|respond|answer) as (?:an?|the|if you were)\b|\byour (?:role|job) is\b|\b(?:play|take|assume|adopt) the (?:role|part|persona)\b|\byou work (?:for|at|in)\b|\bas an? (?:senior |junior )?\w+(?:er|or|ist|ian|ant|yst)\b|\bfor (?:the|a|an) (?:\w+ )?(?:team|board|department|office|company|clinic|newspaper|journal)\b/i;
/** "You are Ada, who …": a name is a role to play. */
const NAMED = /\b[Yy]ou(?: are|'re) \p{Lu}\p{Ll}+/u;
// "Du bist …", "Eres …": prompts in other languages name a role too.
const ROLE_ELSEWHERE =
  /^(?:du bist|sie sind|eres|usted es|tu es|vous êtes|sei|lei è|você é|tu és|jij bent|je bent|u bent|jesteś|du är|du er)\s/i;
const NO_VERB =
  "are|will|should|can|can't|cannot|must|may|might|could|would|need|do|don't|have|want|get|know|see|also|always|never|only|then|should|not|shall|ought|had|to";
const OWN_JOB = new RegExp(`^you (?!(?:${NO_VERB})\\b)[a-z-]{3,}\\b`, "i");

/** Whether the prompt says who the model is, or what its work is ("You extract invoice data …"). */
function statesRole(sentences: readonly { readonly text: string }[]): boolean {
  return sentences.some(
    ({ text }) =>
      ROLE.test(text) ||
      NAMED.test(text) ||
      ROLE_ELSEWHERE.test(text) ||
      OWN_JOB.test(text.replace(/\s+/g, " ")),
  );
}

export const missingRole: Rule = {
  name: "missing-role",
  severity: "warning",
  reason:
    "A role tells the model whose knowledge, tone and duties to assume. Without one it answers as anybody to anybody, and answers differ from call to call.",
  find: (prompt) =>
    statesRole(prompt.said)
      ? []
      : [{ message: "Nothing says who the model is or for whom it works. Begin with “You are …, who …”." }],
};
