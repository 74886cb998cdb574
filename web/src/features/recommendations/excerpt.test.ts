import { expect, test } from "vitest";
import { excerptLines } from "./excerpt.ts";

const text = "You are a clerk.\nGive a few examples, please note.\n\nBe kind.";
const span = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
const written = (...words: string[]) =>
  excerptLines(text, words.map(span)).map(
    ({ number, pieces }) =>
      `${number}: ${pieces.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join("")}`,
  );

test("only lines with something marked are quoted, with their numbers", () => {
  expect(written("a few", "Be kind")).toEqual(["2: Give [a few] examples, please note.", "4: [Be kind]."]);
});

test("a span over several lines marks its part of each, and leaves empty lines out", () => {
  expect(written("note.\n\nBe")).toEqual(["2: Give a few examples, please [note.]", "4: [Be] kind."]);
});

test("overlapping places are marked once", () => {
  expect(written("a few examples", "few")).toEqual(["2: Give [a few examples], please note."]);
});

test("without places there is nothing to quote", () => {
  expect(written()).toEqual([]);
});
