import { expect, test } from "vitest";
import { readExamples, writeExamples } from "./read-examples.ts";

test("a line is an example: variables as JSON, with a name before them or without", () => {
  const text = 'terse: {"role": "agent"}\n\n{"role": "poet", "n": 2}';
  const examples = [
    { name: "terse", variables: { role: "agent" } },
    { name: "", variables: { role: "poet", n: 2 } },
  ];
  expect(readExamples(text)).toEqual({ ok: true, examples });
  expect(readExamples(writeExamples(examples))).toEqual({ ok: true, examples });
});

test.each(["terse", "[1]", '{"role": }', "null"])("%j is refused with the line it stands on", (line) => {
  const read = readExamples(`{}\n${line}`);
  expect(read).toEqual({ ok: false, message: expect.stringContaining("Line 2") });
});
