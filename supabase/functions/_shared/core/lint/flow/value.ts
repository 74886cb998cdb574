import type { Macro } from "./macro.ts";
import type { Shape } from "./shape.ts";

export type Names = ReadonlySet<string>;

export const NO_NAMES: Names = new Set();

/**
 * What is known of an expression's value, told as "what if the caller leaves out variable v?".
 *
 * The whole analysis answers that question for all variables at once: each set holds the variables for
 * which the statement is true whatever the other variables are. A variable in no set changes nothing.
 */
export interface Value {
  /** Without one of these, the value is certainly undefined. */
  readonly undefinedWithout: Names;
  /** Without one of these, it may be undefined. Holds all of {@link undefinedWithout}. */
  readonly maybeUndefinedWithout: Names;
  /** Without one of these, something inside it (a list's item, a dict's value) may be undefined. */
  readonly innerUndefinedWithout: Names;
  /** Without one of these, it is certainly true, or certainly false, in a condition. */
  readonly trueWithout: Names;
  readonly falseWithout: Names;
  /** True or false in a condition whatever is left out, as a literal is; null when that is not known. */
  readonly truth: boolean | null;
  /** Certainly a collection with something in it, so that a loop over it runs. */
  readonly nonEmpty: boolean;
  /** Where evidence about a variable's form is gathered; null for what does not come from a variable. */
  readonly shape: Shape | null;
  readonly callable: Callable | null;
}

/** What a call does, where the callee is known. */
export type Callable =
  | { readonly kind: "macro"; readonly macro: Macro }
  | { readonly kind: "global"; readonly name: string }
  | { readonly kind: "module"; readonly members: ReadonlyMap<string, Value> }
  | { readonly kind: "opaque" };

/** A value that is defined whatever is left out, and of which nothing else is known. */
export const DEFINED: Value = {
  undefinedWithout: NO_NAMES,
  maybeUndefinedWithout: NO_NAMES,
  innerUndefinedWithout: NO_NAMES,
  trueWithout: NO_NAMES,
  falseWithout: NO_NAMES,
  truth: null,
  nonEmpty: false,
  shape: null,
  callable: null,
};

export const OPAQUE: Value = { ...DEFINED, callable: { kind: "opaque" } };

export function literal(truth: boolean): Value {
  return { ...DEFINED, truth, nonEmpty: false };
}

/** The value of a variable that only the caller can supply. */
export function variableValue(name: string, shape: Shape): Value {
  const itself: Names = new Set([name]);
  return { ...DEFINED, undefinedWithout: itself, maybeUndefinedWithout: itself, shape };
}

/** A value read out of another: defined as far as anyone can tell, unless something undefined was put in. */
export function partOf(whole: Value, shape: Shape | null): Value {
  const inner = whole.innerUndefinedWithout;
  return { ...DEFINED, maybeUndefinedWithout: inner, innerUndefinedWithout: inner, shape };
}

/** A new collection of these values. Its set of what may be undefined inside is its own: see {@link putInto}. */
export function collectionOf(items: readonly Value[]): Value {
  const inner = new Set<string>();
  const collection = { ...DEFINED, innerUndefinedWithout: inner, nonEmpty: items.length > 0 };
  for (const item of items) putInto(collection, item);
  return collection;
}

/** `list.append(value)`, `namespace.attribute = value`: the collection holds the value from now on. */
export function putInto(collection: Value, value: Value): void {
  if (collection.innerUndefinedWithout === NO_NAMES) return;
  const inner = collection.innerUndefinedWithout as Set<string>;
  for (const name of value.maybeUndefinedWithout) inner.add(name);
  for (const name of value.innerUndefinedWithout) inner.add(name);
}

/** `not value`. */
export function negated(value: Value): Value {
  const truth = value.truth === null ? null : !value.truth;
  return { ...DEFINED, trueWithout: value.falseWithout, falseWithout: value.trueWithout, truth };
}

/** The value `then` or `otherwise`, chosen by a condition that may be settled by what is left out. */
export function chooseValue(condition: Value, then: Value, otherwise: Value): Value {
  const either = (a: Names, b: Names) =>
    union(minus(a, condition.falseWithout), minus(b, condition.trueWithout));
  return {
    undefinedWithout: chosenByBoth(condition, then.undefinedWithout, otherwise.undefinedWithout),
    maybeUndefinedWithout: either(then.maybeUndefinedWithout, otherwise.maybeUndefinedWithout),
    innerUndefinedWithout: either(then.innerUndefinedWithout, otherwise.innerUndefinedWithout),
    trueWithout: settled(condition, then, otherwise, true),
    falseWithout: settled(condition, then, otherwise, false),
    truth: then.truth === otherwise.truth ? then.truth : null,
    nonEmpty: then.nonEmpty && otherwise.nonEmpty,
    shape: then.shape ?? otherwise.shape,
    callable: then.callable ?? otherwise.callable,
  };
}

/** The variables of which something holds on every branch that can be taken without them. */
export function chosenByBoth(condition: Value, then: Names, otherwise: Names): Names {
  if (then.size === 0 && otherwise.size === 0) return NO_NAMES;
  const result = new Set<string>();
  for (const name of then) {
    if (condition.trueWithout.has(name) || otherwise.has(name)) result.add(name);
  }
  for (const name of otherwise) {
    if (condition.falseWithout.has(name)) result.add(name);
  }
  return result;
}

/** The variables without which the chosen value is certainly `truth`. */
function settled(condition: Value, then: Value, otherwise: Value, truth: boolean): Names {
  const result = new Set<string>();
  const holds = (value: Value, name: string) =>
    value.truth === truth || (truth ? value.trueWithout : value.falseWithout).has(name);
  const { trueWithout, falseWithout } = condition;
  const known = truth
    ? union(then.trueWithout, otherwise.trueWithout)
    : union(then.falseWithout, otherwise.falseWithout);
  for (const name of union(trueWithout, falseWithout, known)) {
    const thenFits = falseWithout.has(name) || holds(then, name);
    const otherwiseFits = trueWithout.has(name) || holds(otherwise, name);
    if (thenFits && otherwiseFits) result.add(name);
  }
  return result.size > 0 ? result : NO_NAMES;
}

export function union(...sets: readonly Names[]): Names {
  const filled = sets.filter((set) => set.size > 0);
  if (filled.length < 2) return filled[0] ?? NO_NAMES;
  const result = new Set<string>();
  for (const set of filled) for (const name of set) result.add(name);
  return result;
}

export function minus(set: Names, removed: Names): Names {
  if (set.size === 0 || removed.size === 0) return set;
  return new Set([...set].filter((name) => !removed.has(name)));
}

export function intersection(a: Names, b: Names): Names {
  if (a.size === 0 || b.size === 0) return NO_NAMES;
  return new Set([...a].filter((name) => b.has(name)));
}
