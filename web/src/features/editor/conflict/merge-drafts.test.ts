import { describe, expect, test } from "vitest";
import type { Content } from "../draft.ts";
import { type Choice, conflictsOf, mergeDrafts } from "./merge-drafts.ts";

const content = (text: string, more: Partial<Content> = {}): Content => ({
  messages: [{ role: "system", content: text }],
  config: {},
  contract: {},
  ...more,
});
const merge = (base: Content, theirs: Content, mine: Content, choice: Choice = "mine") =>
  mergeDrafts(base, theirs, mine, () => choice);

const base = content("one\ntwo\nthree\nfour\nfive");

describe("text", () => {
  test("changes of different lines are both kept, without a question", () => {
    const theirs = content("ONE\ntwo\nthree\nfour\nfive");
    const mine = content("one\ntwo\nthree\nfour\nFIVE\nsix");
    expect(conflictsOf(base, theirs, mine)).toEqual([]);
    expect(merge(base, theirs, mine).messages[0]!.content).toBe("ONE\ntwo\nthree\nfour\nFIVE\nsix");
  });

  test("the same line changed twice is asked, with all three texts, and each answer is what it says", () => {
    const theirs = content("one\ntwo\nTHEIRS\nfour\nfive");
    const mine = content("one\ntwo\nMINE\nfour\nfive");
    expect(conflictsOf(base, theirs, mine)).toEqual([
      { id: "1", where: "Message 1, line 3", base: "three", theirs: "THEIRS", mine: "MINE", both: true },
    ]);
    const texts = (["theirs", "mine", "both"] as const).map(
      (choice) => merge(base, theirs, mine, choice).messages[0]!.content,
    );
    expect(texts).toEqual([
      theirs.messages[0]!.content,
      mine.messages[0]!.content,
      "one\ntwo\nTHEIRS\nMINE\nfour\nfive",
    ]);
  });

  test("the same change made twice is one change", () => {
    const both = content("one\ntwo\nSAME\nfour\nfive");
    expect(conflictsOf(base, both, both)).toEqual([]);
    expect(merge(base, both, both)).toEqual(both);
  });
});

describe("messages", () => {
  const user = { role: "user" as const, content: "Hello" };

  test("a message one of them added is kept beside a change the other made", () => {
    const theirs = { ...base, messages: [...base.messages, user] };
    const mine = content("one\ntwo\nthree\nfour\nFIVE");
    const merged = merge(base, theirs, mine, "both");
    expect(merged.messages).toContainEqual(user);
    expect(JSON.stringify(merged.messages)).toContain("FIVE");
  });

  test("two roles for one message are asked", () => {
    const as = (role: "developer" | "user") => ({
      ...base,
      messages: [{ role, content: base.messages[0]!.content }],
    });
    expect(conflictsOf(base, as("developer"), as("user")).map(({ where }) => where)).toEqual([
      "Role of message 1",
    ]);
  });
});

describe("settings and contract", () => {
  test("keys are merged one by one, removals too", () => {
    const before = content("x", { config: { model: "a", temperature: 1, seed: 7 } });
    const theirs = content("x", { config: { model: "b", temperature: 1, seed: 7 } });
    const mine = content("x", { config: { model: "a", temperature: 0.2 } });
    expect(conflictsOf(before, theirs, mine)).toEqual([]);
    expect(merge(before, theirs, mine).config).toEqual({ model: "b", temperature: 0.2 });
  });

  test("a variable both described otherwise is asked, its neighbours are not", () => {
    const variables = (a: string, b: string) =>
      content("x", { contract: { variables: { a: { description: a }, b: { description: b } } } });
    const found = conflictsOf(variables("1", "1"), variables("2", "1"), variables("3", "4"));
    expect(found.map(({ where }) => where)).toEqual(["Contract: variables: a: description"]);
    expect(merge(variables("1", "1"), variables("2", "1"), variables("3", "4"), "theirs").contract).toEqual(
      variables("2", "4").contract,
    );
  });
});
