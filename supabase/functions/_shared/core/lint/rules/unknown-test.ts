import { TEST_NAMES } from "../known-names.ts";
import type { LintRule } from "../lint-context.ts";
import { unknownName } from "../rule-support.ts";
import { allNodes, type Node } from "../walk-tree.ts";

/** A test Jinja2 does not have. Docs: docs/lint-rules/unknown-test.md */
export const unknownTest: LintRule = {
  level: "error",
  *check(context) {
    for (const { node, messageIndex } of allNodes(context)) {
      for (const { name, line, column } of unknownTestsOf(node)) {
        yield unknownName(context, "test", name, { messageIndex, line, column }, TEST_NAMES, OTHERWISE);
      }
    }
  },
};

const OTHERWISE = "Use one of Jinja2's own tests; templates cannot bring their own.";

/** The test a node asks that Jinja2 does not have. */
export function unknownTestsOf(node: Node): readonly { name: string; line: number; column: number }[] {
  return node.kind === "test" && !TEST_NAMES.includes(node.name) ? [node] : [];
}
