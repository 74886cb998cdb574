import type { IncludeResolver } from "../../prompt/includes.ts";
import type { ParsedTemplate } from "../../template/parse-template.ts";
import type { LintRule } from "../lint-context.ts";
import { type Node, nodesOf } from "../walk-tree.ts";

/** A template includes itself, perhaps by way of others. Docs: docs/lint-rules/include-cycle.md */
export const includeCycle: LintRule = {
  level: "error",
  *check({ messages, resolve, self }) {
    if (!resolve) return;
    for (const { index, template } of messages) {
      for (const { name, line, column } of template ? includesOf(template) : []) {
        const cycle = findCycle(name, resolve, self);
        if (!cycle) continue;
        yield {
          message: `This never ends: ${cycle.map((one) => `"${one}"`).join(" includes ")}.`,
          remedy: "Take one of these includes out.",
          at: { messageIndex: index, line, column },
        };
      }
    }
  },
};

export interface NamedInclude {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly ignoreMissing: boolean;
}

/** The templates a template names by a literal in include, import, from and extends. */
export function includesOf(template: Pick<ParsedTemplate, "body">): NamedInclude[] {
  const found: NamedInclude[] = [];
  for (const node of nodesOf(template.body as readonly Node[])) {
    if (!("template" in node) || node.template.kind !== "string") continue;
    const { line, column } = node.template;
    const ignoreMissing = node.kind === "include" && node.ignoreMissing;
    found.push({ name: node.template.value, line, column, ignoreMissing });
  }
  return found;
}

/**
 * The way from a name back to a template already on it, or null. Each template is looked at once. Another version
 * of a template on the way counts as the template: the next save would close the circle.
 */
function findCycle(start: string, resolve: IncludeResolver, self: string | null): readonly string[] | null {
  const done = new Set<ParsedTemplate>();
  const way: string[] = self === null ? [] : [self];
  const visit = (written: string, from?: ParsedTemplate): readonly string[] | null => {
    const template = resolve(written, from);
    const name = template?.name ?? written;
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (!template || done.has(template) || way.length > 100) return null;
    way.push(name);
    for (const include of includesOf(template)) {
      const cycle = visit(include.name, template);
      if (cycle) return cycle;
    }
    way.pop();
    done.add(template);
    return null;
  };
  return visit(start);
}
