import type { IncludeResolver } from "../../prompt/includes.ts";
import type { ParsedTemplate } from "../../template/parse-template.ts";
import type { LintRule } from "../lint-context.ts";
import { includesOf } from "../named-includes.ts";

/** A template includes itself, perhaps by way of others. Docs: docs/lint-rules/include-cycle.md */
export const includeCycle: LintRule = {
  level: "error",
  *check({ messages, resolve, self }) {
    if (!resolve) return;
    for (const { index, template } of messages) {
      for (const { names, line, column } of template ? includesOf(template) : []) {
        const cycle = firstOf(names ?? [], (name) => findCycle(name, resolve, self));
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
    for (const { names } of includesOf(template)) {
      const cycle = firstOf(names ?? [], (one) => visit(one, template));
      if (cycle) return cycle;
    }
    way.pop();
    done.add(template);
    return null;
  };
  return visit(start);
}

function firstOf<T>(names: readonly string[], find: (name: string) => T | null): T | null {
  for (const name of names) {
    const found = find(name);
    if (found !== null) return found;
  }
  return null;
}
