import nlp from "compromise";
import { quote, spanAt } from "../evidence.ts";
import type { Instruction, Match, PreparedPrompt, Rule, TextEdit } from "../types.ts";

const BE = /^(?:be|is|are|was|were|been|being|isn't|aren't|wasn't|weren't|gets?|got|getting)$/;
/** Words that may stand between "be" and its participle. */
const BETWEEN = /^(?:not|never|always|only|also|just|then|all|both|first|simply)$/;
/** A noun-like use of the participle ("is the required format") has a determiner or adjective before it, so it never comes next. */
const MOST_BETWEEN = 3;

/**
 * Participles that describe a state when they follow "be", so that nobody acts: "is limited to", "be interested".
 * The tagger cannot tell them from a passive.
 */
const STATES = new Set(
  (
    "based concerned committed dedicated detailed done due experienced gone interested limited located logged needed " +
    "pleased qualified related unrelated relaxed required satisfied skilled specialised specialized supposed tempted tired " +
    "trained worried unsure used convinced focused excited prepared annoyed confused frustrated disappointed surprised delighted scared bored overwhelmed ashamed"
  ).split(" "),
);

export const passiveVoice: Rule = {
  name: "passive-voice",
  severity: "info",
  reason:
    "In the passive nobody acts, so the model must guess whether an instruction is for it. “Write the answer in French” is shorter and leaves no doubt.",
  find: (prompt) =>
    prompt.instructions.flatMap((sentence) => {
      const places = findPassives(sentence.text);
      return places.map(({ start, end }): Match => {
        const span = spanAt(prompt, sentence.message, sentence.start + start, sentence.start + end);
        const edit = places.length === 1 ? activeWording(prompt, sentence) : null;
        return {
          message: edit
            ? `${quote(span.text)} is passive: ${quote(edit.replacement)} says the same to the model directly.`
            : `${quote(span.text)} is passive. Say who does it, or make it an order.`,
          evidence: [span],
          edits: edit ? [edit] : [],
        };
      });
    }),
};

/** Offsets of the passives in a sentence. The tagger says what is a participle; the order of the words makes it a passive. */
function findPassives(text: string): { start: number; end: number }[] {
  const terms = tag(text);
  return terms.flatMap((first, index) => {
    if (!BE.test(first.normal)) return [];
    const behind = terms.slice(index + 1, index + 2 + MOST_BETWEEN);
    const at = behind.findIndex((term) => !BETWEEN.test(term.normal) && !term.tags.includes("Adverb"));
    const last = behind[at];
    if (!last || STATES.has(last.normal) || !(isParticiple(last) || isHelped(first, last))) return [];
    // "Is it written …" or a full stop between them is another sentence.
    if (/[.!?;:,]/.test(text.slice(first.start, last.start))) return [];
    return [{ start: first.start, end: last.start + last.length }];
  });
}

interface Term {
  readonly normal: string;
  readonly start: number;
  readonly length: number;
  readonly tags: readonly string[];
}

function isParticiple({ tags }: Term): boolean {
  return tags.includes("PastTense") || tags.includes("Participle") || tags.includes("Passive");
}

/** "Is approved": the tagger takes the participle for an adjective, but "is" for the helping verb of a passive. */
function isHelped(first: Term, { normal, tags }: Term): boolean {
  return first.tags.includes("Passive") && tags.includes("Adjective") && normal.endsWith("ed");
}

function tag(text: string): Term[] {
  const sentences = nlp(text).json({ offset: true, terms: { offset: true, tags: true } }) as TaggedSentence[];
  return sentences
    .flatMap((sentence) => sentence.terms)
    .map((term) => ({
      normal: term.text.toLowerCase().replaceAll("’", "'"),
      start: term.offset.start,
      length: term.text.length,
      tags: term.tags,
    }));
}

interface TaggedSentence {
  readonly terms: readonly {
    readonly text: string;
    readonly tags: readonly string[];
    readonly offset: { readonly start: number };
  }[];
}

// "The answer should not be written in French": a subject, a modal, perhaps a negation, a participle, the rest.
const ORDER =
  /^(?<subject>(?!(?:if|when|that|what|which|who|there)\b)[^,;:]{2,60}?) (?:should|must|has to|have to|needs to|need to|ought to)(?<not> not| never)?(?<also> always| also| then| only)? be (?<adverb>\w+ly )?(?<participle>\w+)(?<rest>[^;:]*)$/i;

/** The whole sentence as an order to the model, where its shape is plain enough to turn round without a guess. */
function activeWording(prompt: PreparedPrompt, sentence: Instruction): TextEdit | null {
  const source = prompt.literals[sentence.message]?.source.slice(sentence.start, sentence.end) ?? "";
  const parts = ORDER.exec(source)?.groups;
  if (!parts || / by (?!the model\b)/.test(parts.rest ?? "") || /[{}]/.test(source)) return null;
  if (/\b(?:that|which|who)\b/.test(parts.subject ?? "")) return null;
  const verb = infinitiveOf(parts.participle ?? "");
  if (!verb) return null;
  const order = `${parts.not ? (parts.not.trim() === "never" ? "Never " : "Do not ") : ""}${parts.also?.trim() ? `${capital(parts.also.trim())} ` : ""}`;
  const adverb = parts.adverb ?? "";
  const opening =
    order === "" && adverb === "" ? capital(verb) : `${capital(`${order}${adverb}`.toLowerCase())}${verb}`;
  const replacement = `${opening} ${objectOf(parts.subject ?? "")}${parts.rest ?? ""}`;
  return { message: sentence.message, start: sentence.start, end: sentence.end, replacement };
}

function infinitiveOf(participle: string): string | null {
  // "They have …" shows the tagger that the word is a verb; alone, "listed" may be an adjective.
  const verb = nlp(`they have ${participle}`).verbs().toInfinitive().text().trim();
  return /^[a-z]{2,}$/.test(verb) && verb !== participle.toLowerCase() ? verb : null;
}

/** "The answer" becomes "the answer", "JSON" stays, "They" becomes "them". */
function objectOf(subject: string): string {
  if (/^they$/i.test(subject)) return "them";
  const first = subject.split(" ", 1)[0] ?? "";
  return /^[A-Z][a-z]*$/.test(first) ? first.toLowerCase() + subject.slice(first.length) : subject;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
