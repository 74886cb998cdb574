import { gistOf } from "../../text/repeated-sentences.ts";
import { readClaims } from "../claims.ts";
import type { Breach, Comparison } from "./breach.ts";
import { clausesOf, type Region } from "./regions.ts";
import { STRICT } from "./rules.ts";

/** How long, in which tone, with or without explanation: what `readClaims` tells for certain from other words. */
const MANNERS = ["length", "tone", "explanation"];

function mannersOf(sentences: readonly string[]): Map<string, string> {
  const claims = sentences.flatMap(clausesOf).flatMap(readClaims);
  return new Map(
    claims.flatMap((claim) =>
      claim.kind === "choice" && MANNERS.includes(claim.subject)
        ? [[`${claim.subject} ${claim.value}`, claim.says] as const]
        : [],
    ),
  );
}

/** A manner that was asked for is asked for still, and none is new. */
export const compareManners: Comparison<Region> = (before, after, where) => {
  const [old, now] = [mannersOf(before.sentences), mannersOf(after.sentences)];
  const gone = [...old].filter(([key]) => !now.has(key));
  const come = [...now].filter(([key]) => !old.has(key));
  return [
    ...gone.map(([, says]) => ({ code: "demand_lost" as const, message: `Keep “${says}” of ${where}.` })),
    ...come.map(([, says]) => ({
      code: "demand_added" as const,
      message: `Do not add “${says}” to ${where}.`,
    })),
  ];
};

/** Of a prompt's telling words, so many must be left: less is another text, or the same in another language. */
const WORDS_LEFT_FROM = 0.25;
/** Of a sentence's telling words, so many must have been in the prompt: less is a new demand. */
const WORDS_KNOWN_FROM = 0.34;
/** The same of a strict one. */
const STRICT_WORDS_KNOWN_FROM = 0.5;
/** With a single telling word a sentence can be a plainer way to say what was there: "be concise". */
const FEWEST_WORDS = 2;

function isNew(sentence: string, known: ReadonlySet<string>): boolean {
  const words = [...gistOf(sentence).words];
  const share = words.filter((word) => known.has(word)).length / words.length;
  if (STRICT.test(sentence)) return words.length > 0 && share < STRICT_WORDS_KNOWN_FROM;
  return words.length >= FEWEST_WORDS && share < WORDS_KNOWN_FROM;
}

/**
 * A rewrite uses the words of its original: what has none of them says something else. `known` is said in the whole
 * original and `everywhere` in the whole rewrite: what another message says again may go here.
 */
export function compareWords(
  before: readonly string[],
  after: readonly string[],
  { known, everywhere }: { known: readonly string[]; everywhere: readonly string[] },
  where: string,
): Breach[] {
  const [old, now, all] = [before, everywhere, known].map((sentences) => gistOf(sentences.join(" ")).words);
  const left = [...old!].filter((word) => now!.has(word)).length;
  const lost: Breach[] =
    old!.size > 0 && left / old!.size < WORDS_LEFT_FROM
      ? [{ code: "meaning_lost", message: `Say what ${where} says, in its language and with its words.` }]
      : [];
  const added = after.filter((sentence) => isNew(sentence, all!));
  return [
    ...lost,
    ...added.map((sentence) => ({
      code: "demand_added" as const,
      message: `Do not add “${sentence}” to ${where}: nothing there says so.`,
    })),
  ];
}

const ROLE = /\b(?:you are|you're|act as|behave as) (?:an?|the) ([^.,;:!?\n]+)/gi;
/** Praise that names nobody. */
const EMPTY =
  /^(?:ai|very|highly|truly|helpful|friendly|polite|smart|intelligent|knowledgeable|expert|great|good|nice|professional|experienced|skilled|capable|useful|language|virtual|powerful|advanced|world-class|best|assistant|agent|bot|chatbot|model|helper)$/;

function roleWords(sentences: readonly string[]): string[] {
  const titles = sentences.flatMap((sentence) =>
    [...sentence.matchAll(ROLE)].map(([, title]) => title ?? ""),
  );
  return [...gistOf(titles.join(" ").replaceAll("-", " ")).words].filter((word) => !EMPTY.test(word));
}

/** Who the model is stays who it is; praise around it may go. */
export const compareRoles: Comparison<readonly string[]> = (before, after, where) => {
  const [role, now] = [roleWords(before), roleWords(after)];
  const [oldWords, newWords] = [before, after].map((sentences) => gistOf(sentences.join(" ")).words);
  const kept = role.filter((word) => newWords!.has(word)).length;
  const strange = now.filter((word) => !oldWords!.has(word));
  if (strange.length === 0 && (role.length === 0 || kept / role.length >= 0.5)) return [];
  return [{ code: "role_changed", message: `Keep who the model is in ${where}.` }];
};
