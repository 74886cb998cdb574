import type { Instruction } from "./types.ts";

/** What a prompt asks for, as far as its own words tell. Rules about missing constraints apply by it. */
export interface TaskProfile {
  /** Text for people, whose length and language are open: replies, summaries, explanations. */
  readonly prose: boolean;
  /** Several values or pieces in one answer: fields, lists, code, labels. */
  readonly structured: boolean;
  /** Picks from a set: a class, a label, yes or no. */
  readonly chooses: boolean;
  /** Answers what comes from outside, and may meet something it cannot answer. */
  readonly responds: boolean;
  /** Facts are wanted that the input itself does not hold. */
  readonly wantsFacts: boolean;
  readonly translates: boolean;
}

const CHOOSES =
  /\b(?:classif(?:y|ies)|categori[sz]e|label|route|triage|tag|moderate|decide (?:whether|from|if)|tell me which|which (?:department|team|category)|choose a|select (?:a|one)|answer (?:with )?(?:with )?(?:exactly )?one (?:of|word)|yes or no|with the letter|judge whether|state whether|score (?:the|each|from)|grade answers|pass or fail|detect(?:or|s)?|screen)\b/i;
/** Answers written in capitals: "BLOCK or PASS", "ACCEPT, REJECT or UNSURE". */
const NAMED_CHOICES = /\b[A-Z]{3,}(?:, [A-Z]{3,})*,? or [A-Z]{3,}\b/;
const STRUCTURED =
  /\b(?:extract|pull out|parse|list (?:all|some|the|of)|find (?:the following|all|skills)|identify|provide the|compare two|function that|write a function|fix the bug|convert the code|unit tests?|sql|openapi|call it|ideas?|insights|quiz|questions? with|several \w+|restaurants|posts|names|entries|rank the)\b/i;
const PROSE =
  /\b(?:answer|reply|repl(?:y|ies)|respond|explain|explains|summari[sz]e|summary|describe|description|discuss|overview|analy[sz]e|write (?:a|an|about|me|social|\d+|the|in|three|from)|blog|essay|letter|e-?mail|poem|speech|comment|report|simplify|recommend|tell me|opinion|advice|help|tips|insights|ideas|what (?:are|is|should|does)|should i|is the|why|tl;dr|student|students)\b/i;
const RESPONDS =
  /\b(?:(?:the|a|each|customers?'?s?|users?'?s?) questions?(?! mark)|questions? (?:of|about|that|are)|answer (?:the|customer|questions)|reply to|\bhelp\b|support (?:agent|assistant|team)|recommend|advice|advise|should i|what should|opinion|is the \w+ (?:below )?valid|call it|do the task|execute|verify|decide|classif(?:y|ies)|categori[sz]e|tell me which|judge whether|extract the|provide the|information on|describe the competitors|assistant|chat agent|negotiat\w+)\b/i;
const FACTS =
  /\b(?:(?:the|a|customers?'?s?|customer|users?'?s?) questions?(?! mark)|questions? (?:of|about|that|are)|recommend|advice|should i|what should|opinion|information on|is the \w+ (?:below )?valid|the competitors of|explain x+ to me|explain x{3,}|blog post|article about|tips|reply to the e-?mail|tell me about)\b/i;
const MAKES_CODE =
  /\b(?:sql|typescript|python|rust|openapi|yaml|unit tests?|function that|fix the bug|convert the code|regex|script|code review|commit messages?)\b/i;

/** Reads the task from the instructions. A guess by words: it is measured on the labelled set like the rules. */
export function profileTask(instructions: readonly Instruction[]): TaskProfile {
  const text = instructions
    .map((sentence) => sentence.text)
    .join("\n")
    .replace(/X(x+)/g, "x$1");
  const chooses = CHOOSES.test(text) || NAMED_CHOICES.test(text);
  const translates = /\b(?:translat|locali[sz])/i.test(text);
  const structured = STRUCTURED.test(text);
  const code = MAKES_CODE.test(text);
  const prose = PROSE.test(text) && !chooses && !code && !translates && !statesStructure(text);
  return {
    prose: prose && !(structured && /\b(?:extract|pull out|parse)\b/i.test(text)),
    structured: structured || chooses,
    chooses,
    responds: RESPONDS.test(text),
    wantsFacts: FACTS.test(text) && !chooses && !code,
    translates,
  };
}

/** Whether the answer's form is data, so that neither length nor language of prose is open. */
function statesStructure(text: string): boolean {
  return /\b(?:json|yaml|xml|csv|openapi)\b/i.test(text);
}
