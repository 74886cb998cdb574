import type { PreparedPrompt, Rule } from "../types.ts";

const WAY_OUT =
  /\b(?:if|when|where|whenever|should)\b[^.!?\n]{0,80}\b(?:not|no|none|nothing|cannot|can't|never|isn't|doesn't|don't|unclear|unknown|missing|unsure|uncertain|silent|illegible|lacks?|unsuitable|impossible|something else|short|out of|advice|fits?|recogni[sz]e|chest pain|medical|in doubt)\b|\b(?:in doubt|when unsure|say so|say that you|otherwise|refuse|decline|refer (?:them|the)|hand over|do(?:es)? not know|don't know|null|unsure|unknown|unclear|cannot tell|leave out|skip|mark (?:with|illegible|every|what)|\bnone\b|empty (?:array|answer|list)|needs? more (?:data|information|context))\b|\bor (?:with )?(?:unsure|unclear|unknown|none|x)\b|\bother\b[^.]{0,12}\bwhen\b|^\s*(?:give|score|use|answer|put|write|return) \S+[^.]{0,40}\b(?:where|when|if)\b/i;

export const missingRefusal: Rule = {
  name: "missing-refusal",
  severity: "warning",
  reason:
    "A model that is not told how to say “I cannot” invents an answer. One sentence about what to do then is the cheapest guard against it.",
  find: (prompt) =>
    !prompt.task.responds || statesWayOut(prompt)
      ? []
      : [
          {
            message:
              "Nothing says what to do when the request cannot be answered. Say what to write then, or to whom to refer.",
          },
        ],
};

function statesWayOut(prompt: PreparedPrompt): boolean {
  return prompt.said.some(({ text }) => WAY_OUT.test(text.replace(/\s+/g, " ")));
}
