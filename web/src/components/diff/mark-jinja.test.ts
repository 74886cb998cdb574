import { expect, test } from "vitest";
import { markJinja } from "./mark-jinja.ts";

const shown = (text: string, endsLine?: boolean) =>
  markJinja(text, endsLine).map(({ kind, text: part }) => `${kind}:${part}`);

test("variables and tags are told from text", () => {
  expect(shown("Hi {{ name }}{% if x %}!")).toEqual([
    "text:Hi ",
    "variable:{{ name }}",
    "tag:{% if x %}",
    "text:!",
  ]);
});

test("spaces at the end of a line are made visible", () => {
  expect(shown("Hi  ")).toEqual(["text:Hi", "space:··"]);
});

test("spaces at the end of a piece that is followed by another are spaces between words", () => {
  expect(
    shown("Be ", false)
      .map((part) => part.split(":")[1])
      .join(""),
  ).toBe("Be ");
});
