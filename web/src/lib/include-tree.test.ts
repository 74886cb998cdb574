import type { IncludedVersion, Pins } from "@core/prompt/types.ts";
import { expect, test } from "vitest";
import { type IncludeNode, includeTree, outdatedIn, withNewestIncludes } from "./include-tree.ts";
import type { Template } from "./queries/get-templates.ts";

const pin = (name: string, version: number, written = name): Pins => ({
  [written]: { template_id: `tpl_${name}`, version },
});
const included = (name: string, version: number, pins: Pins = {}) =>
  ({ template_id: `tpl_${name}`, version, name, messages: [], contract: {}, pins }) as IncludedVersion;
const template = (name: string, latest: number, active: number | null = null) =>
  ({ id: `tpl_${name}`, name, latest_version: latest, active_version: active }) as Template;

const shown = (nodes: readonly IncludeNode[]): unknown[] =>
  nodes.map(({ written, version, newer, includes }) => [
    `${written} v${version}${newer ? `, now v${newer}` : ""}`,
    ...shown(includes),
  ]);

test("includes of includes stand below what includes them, and each says which version there is now", () => {
  const pins = { ...pin("house", 1), ...pin("tone", 2, "tone@v2") };
  const versions = [included("house", 1, pin("tone", 1)), included("tone", 1), included("tone", 2)];
  const templates = [template("house", 4, 1), template("tone", 5, 3)];
  expect(shown(includeTree({ pins, versions }, templates, true))).toEqual([
    ["house v1", ["tone v1, now v3"]],
    ["tone@v2 v2, now v3"],
  ]);
});

test("a version with includes that stands twice is opened once, however often it is reached", () => {
  const names = Array.from({ length: 40 }, (_, depth) => `t${depth}`);
  const versions = names.map((name, depth) => {
    const next = names[depth + 1];
    return included(name, 1, next ? { ...pin(next, 1), ...pin(next, 1, `${next}@v1`) } : {});
  });
  const tree = includeTree({ pins: { ...pin("t0", 1), ...pin("t0", 1, "t0@v1") }, versions }, [], false);
  expect(tree.map(({ repeated, includes }) => [repeated, includes.length])).toEqual([
    [false, 2],
    [true, 0],
  ]);
});

test("what is not there is deleted, once everything is known", () => {
  const pins = pin("gone", 1);
  expect(includeTree({ pins, versions: [] }, [], false)[0]?.deleted).toBe(false);
  expect(includeTree({ pins, versions: [] }, [], true)[0]).toMatchObject({ deleted: true, newer: null });
});

test("what has moved on is found at every depth, with what includes it", () => {
  const versions = [included("house", 1, pin("tone", 1))];
  const tree = includeTree({ pins: pin("house", 1), versions }, [template("tone", 2)], true);
  expect(outdatedIn(tree).map(({ node, by }) => [node.name, by?.name])).toEqual([["tone", "house"]]);
});

test("tags that name a version name the newest, and nothing but those tags is changed", () => {
  const tree = includeTree(
    { pins: { ...pin("tone", 1, "tone@v1"), ...pin("house", 1) }, versions: [] },
    [template("tone", 3), template("house", 2)],
    true,
  );
  const content =
    '{% include "tone@v1" %}{% from \'tone@v1\' import x %}{% include "house" %} "tone@v1" {# {% include "tone@v1" %} #}';
  expect(withNewestIncludes([{ role: "system", content }], tree)).toEqual([
    {
      role: "system",
      content:
        '{% include "tone@v3" %}{% from \'tone@v3\' import x %}{% include "house" %} "tone@v1" {# {% include "tone@v1" %} #}',
    },
  ]);
});
