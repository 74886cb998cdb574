import { expect, test } from "vitest";
import { TextLines } from "./text-lines.ts";

test("offsets and positions agree, whichever line ends a text has", () => {
  for (const text of ["a\nbc\n\nd", "a\r\nbc\r\n\r\nd", "a\rbc\r\rd", "", "one line"]) {
    const lines = new TextLines(text);
    for (let offset = 0; offset <= text.length; offset++) {
      if (text[offset] === "\n" && text[offset - 1] === "\r") continue;
      expect(lines.offset(lines.position(offset)), JSON.stringify([text, offset])).toBe(offset);
    }
  }
  expect(new TextLines("a\r\nbc").position(4)).toEqual({ line: 2, column: 2 });
});

test("a place behind the text is its end", () => {
  expect(new TextLines("ab").offset({ line: 9, column: 9 })).toBe(2);
});
