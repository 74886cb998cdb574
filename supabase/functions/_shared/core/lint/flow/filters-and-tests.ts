import type { Arguments, Filter, Test } from "../../template/ast/expressions.ts";
import type { FilterStep } from "../../template/ast/statements.ts";
import { evaluateArguments, needAll } from "./arguments.ts";
import {
  EVIDENCE_OF_FILTER,
  FILTERS_KEEPING_ITEMS,
  FILTERS_OF_UNDEFINED,
  FILTERS_TAKING_AN_ITEM,
  FILTERS_WITH_LATE_ARGUMENTS,
  LAZY_FILTERS,
  TESTS_OF_UNDEFINED,
} from "./builtins.ts";
import { evaluate } from "./expressions.ts";
import { Shape } from "./shape.ts";
import { DEFINED, intersection, literal, NO_NAMES, partOf, union, type Value } from "./value.ts";
import type { Walker } from "./walker.ts";

export function evaluateFilter(walker: Walker, filter: Filter): Value {
  return applyFilter(walker, evaluate(walker, filter.input), filter);
}

/** One filter applied to a value; `filter` is a {@link Filter} or a step of a filter block. */
export function applyFilter(walker: Walker, input: Value, filter: Filter | FilterStep): Value {
  const { name } = filter;
  if (name === "default" || name === "d") return applyDefault(walker, input, filter);
  const lazy = LAZY_FILTERS.has(name);
  if (!lazy && !FILTERS_OF_UNDEFINED.has(name))
    walker.needs(input, "input" in filter ? filter.input : filter);
  walker.path.add(NO_NAMES, input.innerUndefinedWithout);
  const args = evaluateArguments(walker, filter.args);
  needAll(walker, args, !FILTERS_WITH_LATE_ARGUMENTS.has(name));
  const evidence = EVIDENCE_OF_FILTER.get(name);
  if (evidence) input.shape?.see(evidence);
  const result = resultOf(input, filter);
  const { undefinedWithout, maybeUndefinedWithout } = input;
  return lazy ? { ...result, undefinedWithout, maybeUndefinedWithout } : result;
}

function resultOf(input: Value, filter: Filter | FilterStep): Value {
  const { name, args } = filter;
  seeAttributes(input, name, args);
  if (name === "map") return mapped(input, args);
  if (FILTERS_KEEPING_ITEMS.has(name)) {
    const selects = name.startsWith("select") || name.startsWith("reject");
    const kept = partOf(input, input.shape);
    return { ...kept, maybeUndefinedWithout: NO_NAMES, nonEmpty: input.nonEmpty && !selects };
  }
  if (FILTERS_TAKING_AN_ITEM.has(name)) return partOf(input, input.shape?.items() ?? null);
  return DEFINED;
}

/** `selectattr("name")`, `map(attribute="name")` and their kin read a field of every item. */
function seeAttributes(input: Value, filter: string, args: Arguments): void {
  const positional = filter === "selectattr" || filter === "rejectattr" || filter === "groupby";
  const named = args.named.find((argument) => argument.name === "attribute")?.value;
  const attribute = named ?? (positional ? args.positional[0] : undefined);
  if (attribute?.kind === "string") itemField(input.shape, attribute.value);
}

function itemField(shape: Shape | null, path: string): Shape | null {
  let field = shape?.items() ?? null;
  for (const name of path.split(".")) {
    field = /^\d+$/.test(name) ? (field?.items() ?? null) : (field?.field(name) ?? null);
  }
  return field;
}

function mapped(input: Value, args: Arguments): Value {
  const attribute = args.named.find((argument) => argument.name === "attribute")?.value;
  const field = attribute?.kind === "string" ? itemField(input.shape, attribute.value) : null;
  if (!attribute && args.positional[0]?.kind === "string") {
    const evidence = EVIDENCE_OF_FILTER.get(args.positional[0].value);
    if (evidence) input.shape?.items()?.see(evidence);
  }
  return { ...DEFINED, shape: field ? Shape.listOf(field) : null };
}

/**
 * `input|default(fallback)`: the fallback where the input is undefined. It may be undefined for reasons
 * nobody can see from here (a field that is missing), so the fallback may always be what is used.
 */
function applyDefault(walker: Walker, input: Value, filter: Filter | FilterStep): Value {
  const { positional, named } = filter.args;
  const values = evaluateArguments(walker, filter.args);
  const fallback = values.positional[0] ?? values.named.get("default_value") ?? literal(false);
  const fallbackNode = positional[0] ?? named.find((argument) => argument.name === "default_value")?.value;
  if (fallbackNode) seeFallback(input, fallbackNode.kind);
  const inputGone = input.undefinedWithout;
  const certain = (names: ReadonlySet<string>, truth: boolean) =>
    fallback.truth === truth ? inputGone : intersection(inputGone, names);
  return {
    ...DEFINED,
    undefinedWithout: intersection(inputGone, fallback.undefinedWithout),
    maybeUndefinedWithout: fallback.maybeUndefinedWithout,
    innerUndefinedWithout: union(input.innerUndefinedWithout, fallback.innerUndefinedWithout),
    trueWithout: certain(fallback.trueWithout, true),
    falseWithout: certain(fallback.falseWithout, false),
    shape: input.shape,
  };
}

function seeFallback(input: Value, kind: string): void {
  if (kind === "integer" || kind === "float") input.shape?.see("number");
  if (kind === "list") input.shape?.see("list");
  if (kind === "dict") input.shape?.see("object");
  if (kind === "boolean") input.shape?.see("condition");
}

export function evaluateTest(walker: Walker, test: Test): Value {
  const input = evaluate(walker, test.input);
  const answer = Object.hasOwn(TESTS_OF_UNDEFINED, test.name) ? TESTS_OF_UNDEFINED[test.name] : undefined;
  const looks = answer === undefined;
  if (looks && walker.mode === "strict") walker.needs(input, test.input);
  const args = evaluateArguments(walker, test.args);
  if (looks) needAll(walker, args, true);
  if (test.name === "divisibleby" || test.name === "even" || test.name === "odd") input.shape?.see("number");
  if (answer === undefined) return DEFINED;
  return {
    ...DEFINED,
    trueWithout: answer ? input.undefinedWithout : NO_NAMES,
    falseWithout: answer ? NO_NAMES : input.undefinedWithout,
  };
}
