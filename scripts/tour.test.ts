import { readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { places } from "../tests/browser/support/places.ts";

const docs = new URL("../docs/", import.meta.url);
const tour = readFileSync(new URL("tour.md", docs), "utf8");
const named = [...new Set([...tour.matchAll(/\((tour\/[\w-]+\.png)\)/g)].map((match) => match[1]!))];

test("every page of the dashboard has its picture in the tour, and no other picture is named", () => {
  expect(named.toSorted()).toEqual(places.map(({ name }) => `tour/${name}.png`).toSorted());
});

test("every picture is there, and all of them together stay below 2 MB", () => {
  const sizes = named.map((name) => statSync(new URL(name, docs)).size);
  expect(Math.min(...sizes)).toBeGreaterThan(5_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
});
