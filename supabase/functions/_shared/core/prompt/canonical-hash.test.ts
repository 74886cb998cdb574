import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { canonicalHash, canonicalJson } from "./canonical-hash.ts";

test("equal values have equal bytes, whatever the order of their keys", async () => {
  const one = [
    { role: "system", content: "é\n" },
    { content: 1.0, role: "b" },
  ];
  const two = [
    { content: "é\n", role: "system" },
    { role: "b", content: 1 },
  ];
  expect(canonicalJson(one)).toBe('[{"content":"é\\n","role":"system"},{"content":1,"role":"b"}]');
  expect(await canonicalHash(one)).toBe(await canonicalHash(two));
});

test("the hash is SHA-256 of the UTF-8 bytes, in lower-case hex", async () => {
  const value = [{ role: "user", content: "Grüße 🐍" }];
  const expected = createHash("sha256")
    .update('[{"content":"Grüße 🐍","role":"user"}]', "utf8")
    .digest("hex");
  expect(await canonicalHash(value)).toBe(expected);
});

test("a changed letter changes the hash", async () => {
  expect(await canonicalHash([{ content: "a" }])).not.toBe(await canonicalHash([{ content: "b" }]));
});

test("half a surrogate pair is hashed as the replacement character UTF-8 sends for it", () => {
  expect(canonicalJson({ content: "a\ud800" })).toBe(canonicalJson({ content: "a\ufffd" }));
});
