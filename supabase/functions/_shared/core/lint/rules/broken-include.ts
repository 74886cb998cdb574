import type { IncludeResolver } from "../../prompt/includes.ts";
import type { ParsedTemplate } from "../../template/parse-template.ts";
import { TemplateError } from "../../template/template-error.ts";
import type { LintRule } from "../lint-context.ts";
import { includesOf, type NamedInclude } from "../named-includes.ts";
import { type Node, nodesOf } from "../walk-tree.ts";
import { unknownFiltersOf } from "./unknown-filter.ts";
import { unknownTestsOf } from "./unknown-test.ts";

/**
 * A template that is included, directly or by way of others, has an error that no place it stands in can mend.
 * Docs: docs/lint-rules/broken-include.md
 */
export const brokenInclude: LintRule = {
  level: "error",
  *check({ messages, resolve, resolveStrictly }) {
    if (!resolveStrictly) return;
    for (const { index, template } of messages) {
      for (const tag of template ? includesOf(template) : []) {
        // Where nothing else is meant, unknown-include says that it is not Jinja2.
        const broken = errorBehind(
          tag,
          resolveStrictly,
          tag.optional || !!tag.names?.some((name) => resolve?.(name)),
        );
        if (!broken) continue;
        const at = { messageIndex: index, line: tag.line, column: tag.column };
        yield { message: broken, remedy: "Fix that template and save it, then save this one again.", at };
      }
    }
  },
};

/** The first error behind a tag, in words; null when there is none. What is not Jinja2 counts if `unread` says so. */
function errorBehind(tag: NamedInclude, resolve: IncludeResolver, unread: boolean): string | null {
  const seen = new Set<ParsedTemplate>();
  const waiting: { tag: NamedInclude; from?: ParsedTemplate; unread: boolean }[] = [{ tag, unread }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const found = firstNamed(next.tag, resolve, next.from);
    if (found?.error && next.unread) return `"${found.name}" is not Jinja2: ${found.error.message}`;
    if (!found && next.from && !next.tag.optional) {
      const { line, column } = next.tag;
      return `"${next.from.name}" includes what cannot be found (line ${line}, column ${column}).`;
    }
    if (!found?.template || seen.has(found.template)) continue;
    const { template, name } = found;
    seen.add(template);
    const broken = errorIn(template, name);
    if (broken) return broken;
    waiting.push(...includesOf(template).map((inner) => ({ tag: inner, from: template, unread: true })));
  }
  return null;
}

interface Named {
  readonly name: string;
  readonly template?: ParsedTemplate;
  readonly error?: TemplateError;
}

/** What a tag includes: the first of its names that is there. */
function firstNamed({ names }: NamedInclude, resolve: IncludeResolver, from?: ParsedTemplate): Named | null {
  for (const name of names ?? []) {
    try {
      const template = resolve(name, from);
      if (template) return { name, template };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return { name, error };
    }
  }
  return null;
}

function errorIn(template: ParsedTemplate, name: string): string | null {
  for (const node of nodesOf(template.body as readonly Node[])) {
    for (const [kind, unknown] of [
      ["filter", unknownFiltersOf(node)],
      ["test", unknownTestsOf(node)],
    ] as const)
      for (const one of unknown)
        return `"${name}" asks for a ${kind} that there is not: \`${one.name}\` (line ${one.line}, column ${one.column}).`;
  }
  return null;
}
