import { parseTemplate } from "../parse-template.ts";
import { renderTemplate } from "../render-template.ts";
import { TemplateError } from "../template-error.ts";
import { type Case, VARIABLES } from "./case.ts";
import { TABLES } from "./tables.ts";

/** What a case comes to: its output, or the code of its error. */
export function outcome({ template, options }: Case): { output: string } | { error: string } {
  try {
    return { output: renderTemplate(parseTemplate(template, options), VARIABLES) };
  } catch (error) {
    if (error instanceof TemplateError) return { error: error.code };
    throw error;
  }
}

/** The cases that do not come out as they must, in words; empty when all do. */
export function failures(): string[] {
  const found: string[] = [];
  for (const [table, cases] of TABLES) {
    for (const entry of cases) {
      const actual = JSON.stringify(outcome(entry));
      const expected = JSON.stringify(entry.error ? { error: entry.error } : { output: entry.output });
      if (actual !== expected)
        found.push(`${table}: ${entry.template}\n  expected ${expected}\n  got      ${actual}`);
    }
  }
  return found;
}
