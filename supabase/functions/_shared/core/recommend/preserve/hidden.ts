import type { Comparison } from "./breach.ts";

/** Characters that show nothing, turn the text round, or stand for no character at all. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\u115f\u1160\u2028\u2029\u3164\uffa0]|\p{Variation_Selector}/gu;
const ALLOWED = /[\t\n\r]/;
/** Letters and figures that are a plain one in another dress: wide, bold, in a circle. */
const DRESSED = /[\p{L}\p{N}]/gu;

const SCRIPTS = [
  "Latin",
  "Greek",
  "Cyrillic",
  "Armenian",
  "Georgian",
  "Cherokee",
  "Coptic",
  "Hebrew",
  "Arabic",
  "Devanagari",
  "Bengali",
  "Thai",
  "Hangul",
  "Hiragana",
  "Katakana",
  "Han",
].map((name) => ({ name, letter: new RegExp(`\\p{Script=${name}}`, "u") }));

/** A rewrite has no characters of a kind that its original has none of: nobody would see what they do. */
export const compareCharacters: Comparison<string> = (before, after, where) => {
  const unseen = [...after.matchAll(UNSEEN)].some(
    ([character]) => !ALLOWED.test(character) && !before.includes(character),
  );
  const dressed = [...after.matchAll(DRESSED)].some(
    ([character]) => character.normalize("NFKC") !== character && !before.includes(character),
  );
  const strange = SCRIPTS.filter(({ letter }) => letter.test(after) && !letter.test(before));
  const message =
    unseen || dressed
      ? `Use no characters in ${where} that are not seen or look like others.`
      : strange[0]
        ? `Use no ${strange[0].name} letters in ${where}.`
        : null;
  return message === null ? [] : [{ code: "hidden_characters", message }];
};
