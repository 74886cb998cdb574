/*
 * Text that speaks to whoever grades a prompt. It is found before anything else is looked at, because no
 * score may depend on it: the rules do not count it and a judging model never sees it.
 */

const GRADER =
  "(?:evaluators?|graders?|raters?|scorers?|judges?|reviewers?|reviewer model|judge model|grading model)";
const GRADING = "(?:rubrics?|scoring|grading|scores?|ratings?|evaluation|criteria|criterion|penalt(?:y|ies))";
const OVERRIDE = "(?:ignore|disregard|forget|override|bypass|skip|overrule|do not (?:apply|follow|use))";
const BEST =
  "(?:full|maximum|max|highest|top|best|perfect|10(?:\\s*(?:/|out of)\\s*10)?|100(?:\\s*(?:/|out of|%)\\s*(?:100)?)?)";

const PATTERNS: readonly RegExp[] = [
  // "Ignore the rubric", "forget your scoring guidelines"
  new RegExp(`\\b${OVERRIDE}\\b[^.!?\\n]{0,40}\\b${GRADING}\\b`),
  // "disregard all previous instructions"
  new RegExp(
    `\\b${OVERRIDE}\\b\\s+(?:all\\s+|any\\s+|every\\s+)*(?:of\\s+)?(?:the\\s+|your\\s+)?(?:previous|prior|preceding|earlier|above|other)\\s+(?:instructions?|rules?|prompts?|directions?)`,
  ),
  // "Note to the evaluator", "dear reviewer model", "rubric graders:", "the judge must"
  new RegExp(
    `\\b(?:note|message|attention|instructions?|hint)\\s+(?:to|for)\\s+(?:the\\s+|all\\s+|any\\s+)?(?:ai\\s+|llm\\s+|automated\\s+|rubric\\s+)*${GRADER}\\b`,
  ),
  new RegExp(`\\b(?:dear|hey|hello|attention)\\s*,?\\s+(?:ai\\s+|llm\\s+|automated\\s+)*${GRADER}\\b`),
  new RegExp(`\\b(?:rubric|llm|ai|automated)?\\s*${GRADER}\\s*:`),
  new RegExp(
    `\\b(?:the|any|every|all)\\s+(?:ai\\s+|llm\\s+|automated\\s+)*${GRADER}\\s+(?:must|should|has to|have to|is to|are to|will|shall)\\b`,
  ),
  // "if you are grading this prompt", "when asked to compare this text"
  /\b(?:if|when|while|whoever)\b[^.!?\n]{0,30}\b(?:grad|scor|rat|judg|evaluat|review|compar|rank)(?:e|es|ing|ed)?\b[^.!?\n]{0,10}\b(?:this|the)\s+(?:prompt|text|version|template|instruction)/,
  // "this prompt deserves", "the prompt above has been reviewed", "this prompt is perfect"
  new RegExp(
    `\\b(?:this|the)\\s+(?:prompt|template|version)\\b[^.!?\\n]{0,60}\\b(?:deserves?|perfect|flawless|meets all|satisfies (?:all|every)|scores?|${BEST}\\s+(?:marks|points|score|rating))`,
  ),
  // "award full marks", "give it the highest rating", "rate it accordingly", "score 10"
  new RegExp(
    `\\b(?:give|award|assign|grant|return|output)\\b[^.!?\\n]{0,30}\\b${BEST}\\s+(?:marks?|points?|scores?|ratings?|grades?)\\b`,
  ),
  /\b(?:rate|score|grade|rank)\s+(?:it|this(?:\s+(?:prompt|text|version))?|the\s+prompt)\s+(?:accordingly|highly|highest|as|a|with|at|10|100)\b/,
  /^\W*(?:and\s+)?(?:score|rate)\s+(?:10|100)\b(?!\s*(?:items|points? for))/,
  /\b(?:evaluation|grading|scoring)\s+(?:result|score|outcome)\s*[:=]/,
  // "prefer this text", "choose this version over the other"
  /\b(?:prefer|choose|pick|select|favou?r)\s+(?:this|the (?:first|second|above|rewritten|original))\s+(?:text|version|prompt|one|template)\b/,
];

const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;
const QUOTED = /"[^"\n]*"|“[^”\n]*”|`[^`\n]*`/g;

/** Letters of other scripts that look like Latin ones, each before the one it is taken for. */
const LOOK_ALIKES = new Map(
  (
    "аa еe оo рp сc уy хx іi јj ѕs ԁd һh ӏl АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЈJ ЅS " +
    "αa εe ιi κk νv οo ρp τt υu ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX"
  )
    .split(" ")
    .map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)]),
);

function asLatin(text: string): string {
  return text.replace(
    /[\p{Script=Cyrillic}\p{Script=Greek}]/gu,
    (letter) => LOOK_ALIKES.get(letter) ?? letter,
  );
}

/** Whether a sentence speaks to a grader of the prompt. What it quotes does not count: a filter must be able to name what it filters. */
export function isEvaluatorDirected(sentence: string): boolean {
  const plain = asLatin(sentence.normalize("NFKC"))
    .replace(INVISIBLE, "")
    .replace(QUOTED, " ")
    .replace(/\s+/g, " ")
    .toLowerCase();
  return PATTERNS.some((pattern) => pattern.test(plain));
}

/** The text without its sentences that speak to a grader; each leaves a mark, so that a judge sees something went. */
export function redactEvaluatorDirected(text: string): string {
  return text
    .split(/(?<=[.!?])(?=\s)|(?<=\n)/)
    .map((sentence) =>
      isEvaluatorDirected(sentence) ? sentence.replace(/\S[\s\S]*\S|\S/, "[removed]") : sentence,
    )
    .join("");
}
