/** What a prompt asks for, as far as its own words tell. Rules about missing constraints apply by it. */
export interface TaskProfile {
  /** Text for people, whose length and language are open: replies, summaries, explanations. */
  readonly prose: boolean;
  /** Several values or pieces in one answer: fields, lists, code, labels. */
  readonly structured: boolean;
  /** Prose about something that came from outside in words, so that its language may be any. */
  readonly openLanguage: boolean;
  /** Picks from a set: a class, a label, yes or no. */
  readonly chooses: boolean;
  /** Answers what comes from outside, and may meet something it cannot answer. */
  readonly responds: boolean;
  /** Facts are wanted that the input itself does not hold. */
  readonly wantsFacts: boolean;
  readonly translates: boolean;
}

const CHOOSES =
  /\b(?:classif(?:y|ies)|categori[sz]e|(?:label|route|tag|screen) (?:the|each|every|it|them|this|incoming)|you (?:label|route|tag|screen)|triage|moderate|decide(?: whether| from| if|:)|tell me which|which (?:department|team|category)|choose a|select (?:a|one)|answer (?:with )?(?:with )?(?:exactly )?one (?:of|word)|yes or no|with the letter|judge whether|state whether|score (?:the|each|from)|grade answers|pass or fail|detect(?:or|s)?)\b/i;
/** Answers written in capitals: "BLOCK or PASS", "ACCEPT, REJECT or UNSURE". */
const NAMED_CHOICES = /\b[A-Z]{3,}(?:, [A-Z]{3,})*,? or [A-Z]{3,}\b/;
const STRUCTURED =
  /\b(?:extract|pull out|parse|list (?:all|some|the|of)|find (?:the following|all|skills)|identify|provide the|compare (?:two|three|four|these|the|both|all)|list (?:the )?(?:next|open|main|key|first|last) \w+s|function that|write a function|fix the bug|convert the code|unit tests?|(?:write|generate|into|to|as) (?:an? |the )?(?:sql|openapi)|call it|ideas?|insights|quiz|questions with (?:answers|options|choices|an? )|several \w+|restaurants|posts|names|entries|rank the)\b/i;
/** Kinds of answers that are several things by their nature. */
const COLLECTIONS =
  /\b(?:pros and cons|action items|takeaways|key points|to-?dos?|test cases|use cases|user stories|checklist|agenda)\b/i;
/** "Note the name, the degree and the last employer": fields, named one after the other. */
const FIELDS =
  /\b(?:note|capture|record|gather|collect|give|return|state|report|provide|fetch|output|name|tell|get|produce|write down|look up)\b[^,.;:]{1,60}, [^.;:]{1,80}?\band (?!nothing\b|then\b|not\b|never\b|do\b)\w+/i;
/** "Return street, postcode, city, country": as many, without an "and". */
const LISTED = /\b(?:return|give|output|extract|report|provide)\b[^,.;:]{1,40}(?:, [^,.;:]{2,30}){3,}/i;
/** "What is the capital, population and main export of …?" */
const ASKED = /\bwhat (?:is|are|was|were) [^?.;:,]{2,60}, [^?.;:]{2,80}\band \w+/i;
/** "Write a migration, a rollback script and a test". */
const PIECES =
  /\b(?:create|write|generate|produce|draft|give|make|prepare) (?:me )?an? [^,.;:]{2,60}, (?:and )?an? [^.;:]{2,60}/i;
const PIECE =
  "(?!words\\b|sentences\\b|paragraphs\\b|characters\\b|letters\\b|lines\\b|minutes\\b|hours\\b|days\\b|times\\b)[a-z-]*(?:[^\\W\\daiousy]s|ies|ives)\\b";
/** "State the risks", "tell which brands": all there are of something. */
const ALL_OF = new RegExp(
  `\\b(?:state|name|find|point out|identify|report|tell (?:me )?which|show|suggest|propose|collect|gather|split [^.]{1,40} into) (?:me )?(?:(?:the|all|any|every|which|their|its) )?(?:[a-z-]+ ){0,2}?${PIECE}`,
  "i",
);
/** "Suggest eight names": a counted number of things. */
const COUNTED = new RegExp(
  `\\b(?:suggest|propose|write|give|produce|generate|come up with|offer|name|create|draft|list|make)\\b(?: me| us)? (?:up to |at least |at most |exactly )?(?:two|three|four|five|six|seven|eight|nine|ten|\\d+|several|multiple) (?:[a-z-]+ ){0,2}?${PIECE}`,
  "i",
);
/** What is looked at is code, whose language is no question of readers; unless a person asks about it. */
const CODE =
  /\b(?:the|this|each|a|your) (?:\w+ )?(?:command|function|quer(?:y|ies)|script|snippet|regex|diff|pull request|compiler error|stack trace|code)\b|\bsource code\b/i;
const FROM_PEOPLE = /\b(?:questions?|customers?|users?|tickets?|messages?|e-?mails?|complaints?|chat)\b/i;
/** The prompt speaks of something it is given, though it may come in a message of the caller's. */
const REFERS =
  /\b(?:the|this|that|their|each|any|following|given) (?:\w+ )?(?:text|article|question|e-?mail|letter|message|ticket|review|conversation|transcript|document|report|notes?|input|passage|customer|user|student|reader|comment|paragraph|story|post)s?\b|\bbelow\b/i;
/** "Do not answer the question": no prose is asked for. */
const FORBIDS = /^\W*(?:do not|don't|never|you (?:must|should|may|can) ?(?:not|never)|you never)\b/i;
/** "Answer NONE if there are none": a word to say, not an answer to write. */
const VERBATIM = /\b(?:[Aa]nswer|[Rr]eply|[Rr]eturn|[Rr]espond)s? (?:with )?(?:["“]|[A-Z]{2,}\b)/;
const PROSE =
  /\b(?:answer|reply|repl(?:y|ies)|respond|explain|explains|summari[sz]e|summary|describe|description|discuss|overview|analy[sz]e|write (?:a|an|about|me|social|\d+|the|in|three|from)|blog|essay|(?<!the )(?<!'s )(?:letter|e-?mail|report)(?! (?:does|says|is|has|names|tells))|poem|speech|comment|simplify|recommend|tell (?:me|us|them|the \w+)|compare|evaluate|rewrite|rephrase|opinion|advice|help|tips|insights|ideas|what (?:are|is|should|does)|should i|is the|why|tl;dr|student|students)\b/i;
const RESPONDS =
  /\b(?:(?:the|a|each|customers?'?s?|users?'?s?) questions?(?! mark)|questions? (?:of|about|that|are)|answer (?:the|customer|questions)|reply to|\bhelp\b|support (?:agent|assistant|team)|recommend|advice|advise|should i|what should|opinion|is the \w+ (?:below )?valid|call it|do the task|execute|verify|decide|classif(?:y|ies)|categori[sz]e|tell me which|judge whether|extract the|provide the|information on|describe the competitors|chat agent|negotiat\w+|tell (?:the|them) (?:\w+ )?about)\b/i;
const FACTS =
  /\b(?:(?:the|a|customers?'?s?|customer|users?'?s?) questions?(?! mark)|questions? (?:of|about|that|are)|recommend|advice|should i|what should|opinion|information on|is the \w+ (?:below )?valid|the competitors of|explain x+ to me|explain x{3,}|blog post|article about|tips|reply to the e-?mail|tell (?:me|us|them|the \w+) about)\b/i;
/** The prompt asks it itself: "Who founded …?" */
const QUESTION = /^(?:who|how many|how much|what (?:is|are|was|were)) [^.]{2,120}\?/im;
const MAKES_CODE =
  /\b(?:sql|typescript|python|rust|openapi|yaml|unit tests?|function that|fix the bug|convert the code|regex|script|code review|commit messages?)\b/i;

/**
 * Reads the task from the instructions; `takesInput` says whether values of a request stand in the prompt. A guess by words: it is measured on the labelled set like the rules.
 */
export function profileTask(
  instructions: readonly { readonly text: string }[],
  takesInput: boolean,
): TaskProfile {
  const text = instructions
    .map((sentence) => sentence.text)
    .join("\n")
    .replace(/X(x+)/g, "x$1");
  const chooses = CHOOSES.test(text) || NAMED_CHOICES.test(text);
  const translates = /\b(?:translat|locali[sz])/i.test(text);
  // What must not be told, or only in some case, is not what the answer is made of.
  const wanted = instructions
    .map((sentence) => sentence.text)
    .filter((sentence) => !/\b(?:never|not|no|avoid|without|if|when|unless)\b|n't\b/i.test(sentence))
    .join("\n");
  const structured =
    STRUCTURED.test(text) ||
    [COLLECTIONS, FIELDS, LISTED, ASKED, PIECES, ALL_OF, COUNTED].some((pattern) => pattern.test(wanted));
  const code = MAKES_CODE.test(text);
  const orders = instructions
    .map((sentence) => sentence.text)
    .filter((sentence) => !FORBIDS.test(sentence) && !VERBATIM.test(sentence))
    .join("\n");
  const prose = PROSE.test(orders) && !chooses && !code && !translates && !statesStructure(text);
  return {
    openLanguage: (takesInput || REFERS.test(text)) && !(CODE.test(text) && !FROM_PEOPLE.test(text)),
    prose: prose && !ASKED.test(wanted) && !(structured && /\b(?:extract|pull out|parse)\b/i.test(text)),
    structured: structured || chooses,
    chooses,
    responds: RESPONDS.test(text),
    wantsFacts: (FACTS.test(orders) || QUESTION.test(orders)) && !chooses && !code,
    translates,
  };
}

/** Whether the answer's form is data, so that neither length nor language of prose is open. */
function statesStructure(text: string): boolean {
  return /\b(?:json|yaml|xml|csv|openapi)\b/i.test(text);
}
