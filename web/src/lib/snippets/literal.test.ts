import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type Dialect, dialects, literal } from "./literal.ts";

const value = {
  role: 'the "best" agent',
  price: "$5 for #{name}",
  items: [
    { id: 7, gift: true },
    { id: 8.5, gift: false },
  ],
  nobody: null,
  nothing: {},
};

test.each<[keyof typeof dialects, string]>([
  ["python", '[{"id": 7, "gift": True}, {"id": 8.5, "gift": False}], "nobody": None, "nothing": {}}'],
  ["javascript", "[{ id: 7, gift: true }, { id: 8.5, gift: false }], nobody: null, nothing: {} }"],
  [
    "go",
    '[]any{map[string]any{"id": 7, "gift": true}, map[string]any{"id": 8.5, "gift": false}}, "nobody": nil',
  ],
  ["ruby", '"price" => "$5 for \\#{name}", "items" => [{"id" => 7, "gift" => true}'],
  [
    "java",
    'List.of(Map.of("id", 7, "gift", true), Map.of("id", 8.5, "gift", false)), "nobody", JsonNull.of()',
  ],
  ["csharp", 'new object?[] { new Dictionary<string, object?> { ["id"] = 7, ["gift"] = true }'],
  ["php", '"price" => "\\$5 for #{name}", "items" => [["id" => 7, "gift" => true]'],
])("%s writes lists, objects, truth and nothing in its own way", (name, part) => {
  expect(literal(value, dialects[name])).toContain(part);
});

test("what JavaScript reads back is what was written", () => {
  expect(structuredClone(runInNewContext(`(${literal(value, dialects.javascript)})`))).toEqual(value);
});

test("more than ten variables fit into a map of Java; no variables of PHP stay an object", () => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`v${index}`, index]));
  expect(literal(many, dialects.java as Dialect)).toMatch(
    /^Map\.ofEntries\(Map\.entry\("v0", 0\), .*"v10", 10\)\)$/,
  );
  expect(literal({}, dialects.php)).toBe("(object) []");
});
