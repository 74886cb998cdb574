import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fc } from "../../../../../../tests/support/fast-check.ts";
import { Meter } from "../budgets.ts";
import type { JinjaOptions } from "../jinja-options.ts";
import { render } from "../render.ts";
import { TemplateError } from "../template-error.ts";
import { Float } from "../values/float.ts";
import { hasOracle, Oracle, type OracleAnswer } from "./oracle.ts";
import { options, template, VARIABLES } from "./templates.ts";

/** How many templates each property tries; more find more. */
const RUNS = Number(process.env.NEMO_FUZZ_RUNS ?? 400);

function variables(): Record<string, unknown> {
  return JSON.parse(VARIABLES, (_key: string, value: unknown, context?: { source: string }) => {
    if (typeof value !== "number" || context?.source === undefined) return value;
    if (context.source.includes(".")) return new Float(value);
    return Number.isSafeInteger(value) ? value : BigInt(context.source);
  }) as Record<string, unknown>;
}

interface Answer {
  readonly output?: string;
  readonly error?: TemplateError;
}

/** Renders, and checks what must hold whatever the template is. */
function tryToRender(source: string, given: JinjaOptions): Answer {
  const values = variables();
  const meter = new Meter({ milliseconds: 10_000 });
  try {
    const output = render(source, values, { ...given, extensions: ["do", "loopcontrols"] }, { meter });
    expect(meter.stepsUsed).toBeLessThanOrEqual(meter.budgets.steps);
    return { output };
  } catch (error) {
    if (error instanceof TemplateError) return { error };
    throw error;
  } finally {
    expect(values).toEqual(variables());
  }
}

/**
 * Jinja2 computes constants while it compiles, and takes `none[1:]` for undefined there that is an error
 * anywhere else.
 */
function isFolded({ output }: OracleAnswer, error: TemplateError | undefined): boolean {
  return output !== undefined && /not subscriptable|'slice'/.test(error?.message ?? "");
}

describe("random templates", () => {
  test("change nothing they were given, stay within budgets, and fail only with the engine's own error", () => {
    fc.assert(
      fc.property(template, options, (source, given) => {
        tryToRender(source, given);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);
});

if (!hasOracle) console.warn("Not compared with Python: this machine has no python3 with jinja2.");

describe.skipIf(!hasOracle)("random templates, rendered by Python's Jinja2 too", () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle.stop());

  test("come out the same to the byte, or as an error where Python has one or the engine says why not", async () => {
    await fc.assert(
      fc.asyncProperty(template, options, async (source, given) => {
        const ours = tryToRender(source, given);
        const theirs = await oracle.ask({ template: source, variables: VARIABLES, options: given });
        const refused = ours.error?.code === "not_supported" || ours.error?.code === "budget_exceeded";
        if (refused || isFolded(theirs, ours.error)) return;
        const shown = ours.error ? { error: ours.error.message } : { output: ours.output };
        if (theirs.error === undefined) expect(shown).toEqual({ output: theirs.output });
        else expect(shown, `Python raises ${theirs.error}: ${theirs.message}`).toHaveProperty("error");
      }),
      { numRuns: RUNS },
    );
  }, 600_000);
});
