import { LANGUAGES } from "./rules/missing-language.ts";

/** What a sentence demands about one thing, in a form two demands can be compared in. */
export type Claim = ChoiceClaim | AmountClaim;

/** One of several values that exclude each other: a language, a format, a tone, doing or not doing. */
export interface ChoiceClaim {
  readonly kind: "choice";
  readonly subject: string;
  readonly value: string;
  /** Whether it shuts out the others by its words ("only", "without any"), or by its nature. */
  readonly exclusive: boolean;
  readonly says: string;
}

/** How many of a unit: "at most 50 words". */
export interface AmountClaim {
  readonly kind: "amount";
  readonly subject: string;
  readonly min: number;
  readonly max: number;
  readonly exact: boolean;
  /** Whether both ends were given: "1 to 2". */
  readonly range: boolean;
  readonly says: string;
}

/** A demand that holds only sometimes cannot be held against another. */
const CONDITIONAL =
  /\b(?:if|when|whenever|where|unless|except|otherwise|for example|e\.g|in case|instead of)\b/i;

export function readClaims(sentence: string): Claim[] {
  const text = sentence.replace(/\s+/g, " ");
  if (CONDITIONAL.test(text)) return [];
  return [
    ...manners(text),
    ...formats(text),
    ...languages(text),
    ...amounts(text),
    ...doings(text),
    ...explanations(text),
  ];
}

const MANNERS: readonly (readonly [subject: string, value: string, pattern: RegExp])[] = [
  [
    "length",
    "brief",
    /\b(?:(?:be|make it) (?:very )?(?:brief|concise|succinct|terse)|keep (?:it|the \w+|your \w+|answers?) (?:very )?(?:short|brief|concise|succinct|terse)|(?:answer|reply|respond) (?:briefly|concisely))\b/i,
  ],
  [
    "length",
    "in full",
    /\b(?:full detail|(?:as|very) (?:detailed|long|thorough) as possible|(?:long|detailed|comprehensive|exhaustive|extensive|thorough)(?:,? and (?:long|detailed|thorough))? (?:explanation|answer|description|account|discussion|analysis)|in (?:great|full) (?:detail|depth)|at length|explain everything)\b/i,
  ],
  ["tone", "formal", /(?<!in)(?<!not )\bformal(?:ly)?\b/i],
  ["tone", "casual", /\b(?:casual(?:ly)?|informal(?:ly)?|slang|colloquial(?:ly)?)\b/i],
];

function manners(text: string): ChoiceClaim[] {
  if (/\b(?:not|never|no|avoid|without)\b/i.test(text)) return [];
  return MANNERS.filter(([, , pattern]) => pattern.test(text)).map(([subject, value]) => ({
    kind: "choice",
    subject,
    value,
    exclusive: true,
    says: `be ${value}`,
  }));
}

const ANSWER = /\b(?:answer|respond|reply|return|output|write|format)(?:s|ed)?\b/i;
const FORMATS = /\b(?:json|yaml|xml|csv|plain text|html|markdown)\b/gi;

function formats(text: string): ChoiceClaim[] {
  if (!ANSWER.test(text)) return [];
  const named = [...text.matchAll(FORMATS)].filter(
    (match) => !/\b(?:without|no|not|never|any)(?: \w+)? $/i.test(text.slice(0, match.index)),
  );
  const [only, ...more] = new Set(named.map((match) => match[0].toLowerCase()));
  if (!only || more.length > 0) return [];
  const exclusive = only === "plain text" || /\b(?:only|nothing but|without any|solely)\b/i.test(text);
  return [{ kind: "choice", subject: "format", value: only, exclusive, says: `answer in ${only}` }];
}

const LANGUAGE = new RegExp(
  `\\b(?:answer|respond|reply|write|speak|explain)s?\\b[^.]{0,40}?\\bin (${LANGUAGES})\\b(?! (?:or|and)\\b)`,
  "i",
);

/** "In the customer's language": whichever that is. */
const READERS_LANGUAGE =
  /\b(?:answer|respond|reply|write|speak|explain)s?\b[^.]{0,40}?\bin (?:(?:the |an? )?\w+'s (?:own )?language|their (?:own )?language|the (?:same )?language (?:of|as) the \w+)/i;

function languages(text: string): ChoiceClaim[] {
  const value =
    LANGUAGE.exec(text)?.[1]?.toLowerCase() ?? (READERS_LANGUAGE.test(text) ? "the reader's language" : null);
  const exclusive = /\b(?:only|must|always|solely)\b/i.test(text);
  return value ? [{ kind: "choice", subject: "language", value, exclusive, says: `answer in ${value}` }] : [];
}

const WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const COUNT = `\\d[\\d,]*|${WORDS.join("|")}`;
const AMOUNT = new RegExp(
  `\\b(?:(?<least>at least|no fewer than|no less than|more than|over|minimum of)|(?<most>at most|no more than|not more than|up to|under|fewer than|less than|maximum of|max)|(?<exact>exactly|precisely))?\\s*(?<low>${COUNT})(?: (?:to|or|-|and) (?<high>${COUNT}))? (?<unit>words?|sentences?|paragraphs?|characters?|bullets?|bullet points?|points?|labels?|choices|options|examples?|steps|items?|slogans?|questions?)\\b`,
  "gi",
);
/** The amount belongs to a part of the answer, of which there may be several. */
const OF_A_PART =
  /\b(?:each|per|every|title|subject|reason|comment|line|heading|the first|the last|paragraph has|bullets? (?:has|have))\b/i;

function amounts(text: string): AmountClaim[] {
  if (OF_A_PART.test(text)) return [];
  const negated = /\b(?:do not|don't|never)\b/i.test(text);
  return [...text.matchAll(AMOUNT)].map((match) => {
    const { least, most, exact, low, high, unit } = match.groups as Record<string, string | undefined>;
    const first = countOf(low ?? "0");
    const second = high ? countOf(high) : first;
    const downward = Boolean(most) || (negated && Boolean(least));
    return {
      kind: "amount",
      subject: (unit ?? "").toLowerCase().replace(/s$/, ""),
      min: downward ? 0 : first,
      max: downward || !least ? second : Number.POSITIVE_INFINITY,
      exact: Boolean(exact),
      range: Boolean(high),
      says: match[0].trim().toLowerCase(),
    };
  });
}

function countOf(text: string): number {
  const word = WORDS.indexOf(text.toLowerCase());
  return word >= 0 ? word : Number(text.replaceAll(",", ""));
}

const EXPLAINS =
  /^(?:always |first |please |then )*(?:explain|describe|show|lay out|write down|think through) (?:me )?(?:your|the|each) (?:reasoning|thinking|thoughts|steps|rationale|reasons|working)\b/i;
const BARE =
  /\b(?:no|without(?: any)?) (?:explanations?|comments?|commentary|reasoning|preamble)\b|\b(?:nothing but|no text besides|only) (?:the |a |valid )?(?:json|yaml|xml|csv|sql|code|label|number|word|translation)\b/i;

/** An answer that explains itself, or one that is nothing but the thing asked for. */
function explanations(text: string): ChoiceClaim[] {
  const bare = BARE.test(text);
  if (!bare && !EXPLAINS.test(text)) return [];
  const says = bare ? "add no explanation" : "explain the reasoning";
  return [
    { kind: "choice", subject: "explanation", value: bare ? "without" : "with", exclusive: true, says },
  ];
}

const DOING =
  /^(?:you (?:must|should) )?(?<how>always|never|do not|don't|must not|avoid)(?: ever)? (?<verb>\w+) (?:any |the |a |an |your )?(?<object>\w{3,})/i;
const INCLUDING =
  /^(?:use|using|add|adding|include|including|write|give|provide|show|insert|mention|put|quote|offer)$/i;

/** "Never use comments" and "always add comments" are about including comments, and differ in whether. */
/** "Use bullet points": an order without a word of how often. */
const PLAIN_ORDER = /^(?<verb>\w+) (?:any |the |a |an |your )?(?<object>\w{3,})/i;

function doings(text: string): ChoiceClaim[] {
  const plain = PLAIN_ORDER.exec(text)?.groups;
  const groups =
    DOING.exec(text)?.groups ?? (INCLUDING.test(plain?.verb ?? "") ? { how: "always", ...plain } : null);
  if (!groups) return [];
  const { how = "", verb = "", object = "" } = groups;
  const act = INCLUDING.test(verb) ? "include" : verb.toLowerCase();
  const positive = /^always$/i.test(how);
  return [
    {
      kind: "choice",
      subject: `${act} ${object.toLowerCase().replace(/s$/, "")}`,
      value: positive ? "do" : "do not",
      exclusive: true,
      says: `${how.toLowerCase()} ${verb.toLowerCase()} ${object.toLowerCase()}`,
    },
  ];
}
