import { expect, test } from "vitest";
import { fc } from "../../../../../tests/support/fast-check.ts";
import { preparePrompt } from "../prompt/prepare-prompt.ts";
import { PromptVariablesError } from "../prompt/prompt-variables-error.ts";
import { renderPrompt } from "../prompt/render-prompt.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { renderTemplate } from "../template/render-template.ts";
import { TemplateError } from "../template/template-error.ts";
import { deriveContract } from "./derive-contract.ts";
import { NAMES, randomTemplate } from "./testing/random-template.ts";

/** How a strict rendering ends: well, for want of a variable, or for another reason (`true.strip()`). */
function outcome(source: string, given: readonly string[]): { failed: boolean; missing: string | null } {
  const values = Object.fromEntries(given.map((name) => [name, "v"]));
  try {
    renderTemplate(parseTemplate(source), values, { undefined: "strict" });
    return { failed: false, missing: null };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { failed: true, missing: error.code === "undefined_error" ? (error.variable ?? null) : null };
  }
}

/**
 * As in Jinja2, a loop's body that reads a name the template sets further down sees nothing at all, although
 * the caller gave a value: `{% for i in [1] %}{{ a }}{% endfor %}{% set a = 1 %}`. No contract can help that.
 */
function shadowed(missing: string, given: readonly string[]): boolean {
  return given.includes(missing);
}

const RUNS = { numRuns: 1000 };
const some = fc.subarray([...NAMES]);

test("without an always needed variable every rendering fails, whatever else is given", () => {
  fc.assert(
    fc.property(randomTemplate, some, (source, given) => {
      const { variables } = deriveContract([{ template: parseTemplate(source) }]);
      for (const { name, need } of variables.values()) {
        const others = given.filter((one) => one !== name);
        if (need === "always") expect(outcome(source, others).failed, `${source} without ${name}`).toBe(true);
      }
    }),
    RUNS,
  );
});

test("a variable that is never needed is never what a rendering fails for", () => {
  fc.assert(
    fc.property(randomTemplate, some, (source, given) => {
      const { missing } = outcome(source, given);
      if (missing === null || shadowed(missing, given)) return;
      const need = deriveContract([{ template: parseTemplate(source) }]).variables.get(missing)?.need;
      expect(["always", "sometimes"], `${source} with ${given} fails for ${missing}`).toContain(need);
    }),
    RUNS,
  );
});

test("with all variables that are needed anywhere a rendering never wants for one", () => {
  fc.assert(
    fc.property(randomTemplate, (source) => {
      const { variables } = deriveContract([{ template: parseTemplate(source) }]);
      const given = [...variables.values()].filter(({ need }) => need !== "never").map(({ name }) => name);
      const { missing } = outcome(source, given);
      expect(missing === null || shadowed(missing, given), `${source} fails for ${missing}`).toBe(true);
    }),
    RUNS,
  );
});

test("callers are told what is missing, and never of an undefined variable of theirs", () => {
  fc.assert(
    fc.property(randomTemplate, some, (content, given) => {
      const prompt = preparePrompt({ messages: [{ role: "user", content }] });
      const known: readonly string[] = given.filter((name) => prompt.contract.variables.has(name));
      try {
        renderPrompt(prompt, Object.fromEntries(known.map((name) => [name, "v"])));
      } catch (error) {
        if (error instanceof PromptVariablesError)
          expect(error.names.filter((name) => known.includes(name))).toEqual([]);
        else {
          const { code, variable } = error as TemplateError;
          const theirs = code === "undefined_error" && variable !== undefined && !shadowed(variable, known);
          expect(theirs, `${content} with ${known}`).toBe(false);
        }
      }
    }),
    RUNS,
  );
});
