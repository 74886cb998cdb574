import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { fc } from "../../../../../tests/support/fast-check.ts";
import { keyRing, SealError } from "./key-ring.ts";

const newKey = () => randomBytes(32).toString("base64");
const ring = (current: string, retired?: string) =>
  keyRing((name) => ({ NEMO_ENCRYPTION_KEY: current, NEMO_RETIRED_ENCRYPTION_KEYS: retired })[name]);

it("what is sealed is opened again, and never the same twice", async () => {
  const keys = ring(newKey());
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.string(),
      async (secret, context) => {
        const [one, two] = [await keys.seal(secret, context), await keys.seal(secret, context)];
        expect(one).not.toBe(two);
        expect(one).toMatch(/^v1(\.[A-Za-z0-9_-]+){5}$/);
        expect(await keys.open(one, context)).toBe(secret);
      },
    ),
    { numRuns: 50 },
  );
});

it("a changed character anywhere, another context or another key opens nothing", async () => {
  const keys = ring(newKey());
  const sealed = await keys.seal("sk-secret", "org:connection:https://api.example.com");
  const open = (text: string, context = "org:connection:https://api.example.com", by = keys) =>
    by.open(text, context);
  for (const part of [2, 3, 4, 5]) {
    const parts = sealed.split(".");
    const text = parts[part] as string;
    parts[part] = (text[0] === "A" ? "B" : "A") + text.slice(1);
    await expect(open(parts.join(".")), `part ${part}`).rejects.toThrow(SealError);
  }
  await expect(open(sealed, "org:connection:https://evil.example.com")).rejects.toThrow(SealError);
  await expect(open(sealed, undefined, ring(newKey()))).rejects.toThrow(SealError);
  await expect(open("sk-secret")).rejects.toThrow(SealError);
});

it("a retired key opens what it sealed and seals nothing; resealing changes the data key's wrapping alone", async () => {
  const [old, current] = [newKey(), newKey()];
  const before = await ring(old).seal("sk-secret", "context");
  const rotating = ring(current, old);
  expect(await rotating.open(before, "context")).toBe("sk-secret");
  const after = await rotating.reseal(before, "context");
  expect(after.split(".").slice(4)).toEqual(before.split(".").slice(4));
  expect(await ring(current).open(after, "context")).toBe("sk-secret");
  expect(await rotating.reseal(after, "context")).toBe(after);
  await expect(ring(old).open(after, "context")).rejects.toThrow(SealError);
  await expect(ring(current).open(before, "context")).rejects.toThrow(SealError);
});

it("a missing or malformed key is said when it is first needed, and never falls back to no encryption", async () => {
  for (const key of ["", "short", randomBytes(16).toString("base64")])
    await expect(ring(key).seal("sk-secret", "context")).rejects.toThrow(SealError);
});
