import { expect, test } from "vitest";
import { canMeet, readLiteralText } from "./literal-text.ts";
import { findRepetitions } from "./repeated-sentences.ts";
import { splitSentences } from "./sentences.ts";

const sentencesOf = (source: string) => splitSentences(readLiteralText(source));

test("the mask is as long as the source and holds its prose at the same offsets", () => {
  const source =
    "Hi {{ name }},\r\n{# why #}answer {% if short %}briefly{% else %}fully{% endif %} {{ a }}{{ b }}.\n";
  const { mask, outputs } = readLiteralText(source);
  expect(mask).toHaveLength(source.length);
  for (const word of ["Hi", "answer", "briefly", "fully"])
    expect(mask.indexOf(word)).toBe(source.indexOf(word));
  expect(mask).not.toMatch(/name|why|short|[{}%#]/);
  expect(outputs.map(({ start, end }) => source.slice(start, end))).toEqual([
    "{{ name }}",
    "{{ a }}",
    "{{ b }}",
  ]);
});

test("an output in front of a statement or a comment ends at its own braces", () => {
  const source = `{{ {"a": {"b": 1}} }}{% if x %}{{ '}}' }}{% endif %}{{ c }}{# d #}`;
  const { outputs } = readLiteralText(source);
  expect(outputs.map(({ start, end }) => source.slice(start, end))).toEqual([
    `{{ {"a": {"b": 1}} }}`,
    "{{ '}}' }}",
    "{{ c }}",
  ]);
});

test("raw text is prose, whatever braces it holds", () => {
  const { mask } = readLiteralText("{% raw %}Write {{ this }} down{% endraw %}");
  expect(mask.trim()).toBe("Write {{ this }} down");
});

test("sentences end at full stops, list items, headings and statement tags, not at wrapped lines", () => {
  const source = [
    "## Rules",
    "Answer in French, e.g. for Paris",
    "and Lyon. Be brief!",
    "- Cite {{ source }}",
    "1. Be kind",
    "{% if x %}Use tables{% else %}Use lists{% endif %} only.",
  ].join("\n");
  const cut = sentencesOf(source);
  expect(cut.map(({ kind, start, end }) => [kind, source.slice(start, end)])).toEqual([
    ["heading", "## Rules"],
    ["prose", "Answer in French, e.g. for Paris\nand Lyon."],
    ["prose", "Be brief!"],
    ["item", "Cite {{ source }}"],
    ["item", "Be kind"],
    ["prose", "Use tables"],
    ["prose", "Use lists"],
    ["prose", "only."],
  ]);
  const [tables, lists, only] = cut.slice(-3);
  expect(canMeet(tables!.branches, lists!.branches)).toBe(false);
  expect(canMeet(tables!.branches, only!.branches)).toBe(true);
});

test("code fences and examples are samples, not instructions", () => {
  const cut = sentencesOf("Do this.\n```\nnot this\n```\n<example>\nnor this\n</example>\nAnd this.");
  expect(cut.map(({ text, sample }) => [text, sample])).toEqual([
    ["Do this.", false],
    ["not this", true],
    ["nor this", true],
    ["And this.", false],
  ]);
});

test("a repeated instruction is found in other words, a negated or differently numbered one is not", () => {
  const repeats = (source: string) => findRepetitions(sentencesOf(source)).map(({ again }) => again.text);
  expect(repeats("Always answer politely. Cite sources. Please make sure your answers are polite.")).toEqual([
    "Please make sure your answers are polite.",
  ]);
  expect(repeats("Use markdown tables. Never use markdown tables.")).toEqual([]);
  expect(repeats("Write at most 50 words. Write at most 80 words.")).toEqual([]);
  expect(repeats("{% if a %}Write formal German.{% else %}Write formal German.{% endif %}")).toEqual([]);
});
