import { describe, expect, it } from "vitest";
import { fc } from "../../../../../tests/support/fast-check.ts";
import { editObject, joinArrays, membersOf } from "./json-text.ts";

const keep = (_name: string, value: string) => value;

/** Any object, written with any spaces a JSON text may have between its parts. */
const objects = fc
  .tuple(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), fc.constantFrom(undefined, 1, 2, "\t"))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

describe("a JSON object's text", () => {
  it("falls into the members that JSON.parse finds", () => {
    fc.assert(
      fc.property(objects, (text) => {
        const found = membersOf(text).map(({ name, valueStart, end }) => [
          name,
          JSON.parse(text.slice(valueStart, end)),
        ]);
        expect(Object.fromEntries(found)).toEqual(JSON.parse(text));
        expect(found).toHaveLength(Object.keys(JSON.parse(text)).length);
      }),
    );
  });

  it("is the same to the byte when nothing is edited", () => {
    fc.assert(fc.property(objects, (text) => void expect(editObject(text, keep)).toBe(text)));
  });

  it("loses exactly the members that are taken out, and gains those that are added", () => {
    fc.assert(
      fc.property(objects, fc.func(fc.boolean()), (text, isOut) => {
        const value = JSON.parse(text) as Record<string, unknown>;
        const names = Object.keys(value).filter((name) => !isOut(name));
        const edited = editObject(text, (name, raw) => (isOut(name) ? null : raw), [['added "', "[1]"]]);
        expect(JSON.parse(edited)).toEqual({
          'added "': [1],
          ...Object.fromEntries(names.map((name) => [name, value[name]])),
        });
      }),
    );
  });

  it("keeps numbers that JavaScript cannot hold", () => {
    const text = '{ "seed": 12345678901234567890, "gone": 0, "temperature": 1.0, "top_p": 1e-400 }';
    expect(editObject(text, (name, value) => (name === "gone" ? null : value))).toBe(
      '{ "seed": 12345678901234567890, "temperature": 1.0, "top_p": 1e-400 }',
    );
  });

  it("keeps the last of two members with one name, however the name is written", () => {
    expect(editObject('{"a":1,"b":2,"\\u0061":3}', keep)).toBe('{"b":2,"\\u0061":3}');
    expect(editObject('{"a":1,"a":2}', (_name, value) => value, [["b", "3"]])).toBe('{"b":3,"a":2}');
  });
});

it("two arrays become one, with every element's own text", () => {
  expect(joinArrays("[]", " [ 1.0 ] ")).toBe("[ 1.0 ]");
  expect(joinArrays("[1]", "[ ]")).toBe("[1]");
  expect(joinArrays("[]", "[]")).toBe("[]");
  expect(joinArrays("[1]", "[ 2.0, [] ]")).toBe("[1, 2.0, [] ]");
});
