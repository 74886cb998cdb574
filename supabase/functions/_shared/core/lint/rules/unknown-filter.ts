import type { FilterStep } from "../../template/ast/statements.ts";
import { FILTER_NAMES } from "../known-names.ts";
import type { LintRule } from "../lint-context.ts";
import { unknownName } from "../rule-support.ts";
import { allNodes, type Node } from "../walk-tree.ts";

/** A filter Jinja2 does not have. Docs: docs/lint-rules/unknown-filter.md */
export const unknownFilter: LintRule = {
  level: "error",
  *check(context) {
    for (const { node, messageIndex } of allNodes(context)) {
      for (const { name, line, column } of unknownFiltersOf(node)) {
        yield unknownName(context, "filter", name, { messageIndex, line, column }, FILTER_NAMES, OTHERWISE);
      }
    }
  },
};

const OTHERWISE = "Use one of Jinja2's own filters; templates cannot bring their own.";

/** The filters a node applies that Jinja2 does not have. */
export function unknownFiltersOf(node: Node): readonly FilterStep[] {
  return filtersOf(node).filter(({ name }) => !FILTER_NAMES.includes(name));
}

function filtersOf(node: Node): readonly FilterStep[] {
  if (node.kind === "filter") return [node];
  return node.kind === "filter_block" || node.kind === "set_block" ? node.filters : [];
}
