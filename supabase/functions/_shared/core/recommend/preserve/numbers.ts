const UNITS =
  "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const LARGER: Readonly<Record<string, number>> = {
  dozen: 12,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
};
const VALUES = new Map([
  ...UNITS.map((word, place): [string, number] => [word, place + 2]),
  ...Object.entries(LARGER),
]);

/** Figures with their currency or per cent, and numbers in words; "one" is as often a pronoun and is none. */
export const NUMBER = new RegExp(
  `[$€£¥]?\\d+(?:[.,:/-]\\d+)*(?:\\s?%)?|\\b(?:${[...VALUES.keys()].join("|")}|half|double|twice)\\b`,
  "gi",
);

/** "Three" and "3" are the same number, and so are wide and plain figures. */
export function sameNumber(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
  return String(VALUES.get(plain) ?? plain);
}
