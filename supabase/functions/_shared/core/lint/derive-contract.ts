import type { PromptRole } from "../prompt/types.ts";
import type { ParsedTemplate } from "../template/parse-template.ts";
import { walkTemplate } from "./flow/composition.ts";
import type { InferredKind } from "./flow/shape.ts";
import type {
  Place,
  TemplateResolver,
  UndefinedMode,
  UnknownCall,
  VariableRecord,
} from "./flow/walk-records.ts";
import { Walker } from "./flow/walker.ts";

/**
 * How much a template depends on a variable nobody gives a default for:
 * - `always`: without it every rendering fails;
 * - `sometimes`: rendering fails on some branch, or only when another variable is left out as well;
 * - `never`: every use is guarded by `default(…)`, `is defined` and their like.
 */
export type Need = "always" | "sometimes" | "never";

/** What the syntax tree says about one variable. */
export interface DerivedVariable {
  readonly name: string;
  readonly need: Need;
  readonly inferred: InferredKind;
  /** Every place that reads it, in order; at most 100. */
  readonly uses: readonly Place[];
  /** The first place where leaving it out stops the rendering; null when none does. */
  readonly firstNeed: Place | null;
}

export interface DerivedContract {
  /** In the order of their first use. */
  readonly variables: ReadonlyMap<string, DerivedVariable>;
  /** Calls of names that are not functions. */
  readonly unknownCalls: readonly UnknownCall[];
}

export interface ParsedMessage {
  readonly role: PromptRole;
  readonly template: ParsedTemplate;
}

export interface DeriveOptions {
  /** `strict` (default): printing, testing or comparing an undefined value fails, as renders do by default. */
  readonly mode?: UndefinedMode;
  /** Known included templates; without it, what an include needs is not seen. */
  readonly resolve?: TemplateResolver;
  /** The messages' own indexes, where some of the prompt's messages are left out. */
  readonly indexes?: readonly number[];
}

/**
 * Finds what variables the messages need, by walking their syntax trees once, in time about linear in their
 * length. The messages are rendered one after the other and share nothing but the caller's variables.
 */
export function deriveContract(
  messages: readonly Pick<ParsedMessage, "template">[],
  options: DeriveOptions = {},
): DerivedContract {
  const walker = new Walker(options.mode ?? "strict", options.resolve ?? (() => undefined));
  messages.forEach(({ template }, index) => {
    walker.messageIndex = options.indexes?.[index] ?? index;
    walker.inScope(() => walkTemplate(walker, template.body));
  });
  const variables = new Map<string, DerivedVariable>();
  for (const record of walker.variables.values()) {
    if (record.uses.length > 0) variables.set(record.name, describe(record, walker));
  }
  return { variables, unknownCalls: walker.unknownCalls };
}

function describe(record: VariableRecord, walker: Walker): DerivedVariable {
  const { name, shape, uses, firstNeed } = record;
  const always = walker.path.failsWithout.has(name);
  const need = always ? "always" : walker.path.mayFailWithout.has(name) ? "sometimes" : "never";
  return { name, need, inferred: shape.infer(), uses, firstNeed: need === "never" ? null : firstNeed };
}
