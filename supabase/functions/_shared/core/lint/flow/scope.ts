import { chooseValue, type Names, type Value } from "./value.ts";

/** The names a piece of template has given values to itself. All other names are the caller's variables. */
export class Scope {
  private values = new Map<string, Value>();
  /** Those of its names whose value does not yet cover that they may be what they are further out. */
  private fresh = new Set<string>();
  private readonly parent: Scope | null;

  constructor(parent: Scope | null = null) {
    // Nothing is assigned to a scope while one inside it is open, so an empty one can be stepped over;
    // looking through a thousand `elif` then costs no more than through one.
    let outer = parent;
    while (outer && outer.values.size === 0) outer = outer.parent;
    this.parent = outer;
  }

  lookup(name: string): Value | undefined {
    let scope: Scope | null = this;
    while (scope) {
      const value = scope.values.get(name);
      if (value) return value;
      scope = scope.parent;
    }
    return undefined;
  }

  assign(name: string, value: Value): void {
    this.values.set(name, value);
    this.fresh.add(name);
  }

  /** What was given a value here, not further out. */
  get own(): ReadonlyMap<string, Value> {
    return this.values;
  }

  /** Every name that can be seen from here. */
  visibleNames(): Set<string> {
    const names = new Set<string>();
    let scope: Scope | null = this;
    while (scope) {
      for (const name of scope.values.keys()) names.add(name);
      scope = scope.parent;
    }
    return names;
  }

  /**
   * Behind an `if`: names assigned on a branch keep that value where the branch was taken, and are what
   * they were before (perhaps the caller's variable, made by `variable`) where it was not.
   */
  join(condition: Value, then: Scope, otherwise: Scope, variable: (name: string) => Value): void {
    const told = new Set([...condition.trueWithout, ...condition.falseWithout]);
    const { fresh } = this;
    const isFresh = (name: string, branch: Scope) =>
      (branch.values.has(name) ? branch.fresh : fresh).has(name);
    for (const name of this.takeOver(otherwise, then, told)) {
      const thenValue = then.lookup(name) ?? variable(name);
      const otherwiseValue = otherwise.lookup(name) ?? variable(name);
      const value = chooseValue(condition, thenValue, otherwiseValue);
      this.values.set(name, value);
      const everywhere = isFresh(name, then) && isFresh(name, otherwise);
      if (everywhere || told.has(name) || tellsOf(value, told)) this.fresh.add(name);
      else this.fresh.delete(name);
    }
  }

  /**
   * Answers the names to join. In a long chain of `elif` nearly all are set further down, and what they are already
   * covers that they may be what they were before; they are taken over as they are, all at once.
   */
  private takeOver(otherwise: Scope, then: Scope, told: Names): Iterable<string> {
    if (this.values.size > 0) return new Set([...then.values.keys(), ...otherwise.values.keys()]);
    const { values, fresh } = otherwise;
    const names = new Set([...then.values.keys(), ...fresh]);
    if (told.size > 0) {
      for (const [name, value] of values) if (told.has(name) || tellsOf(value, told)) names.add(name);
    }
    this.values = values;
    this.fresh = fresh;
    // The other branch is over; of its names only these are looked up once more.
    otherwise.values = new Map();
    otherwise.fresh = new Set();
    for (const name of names) {
      const value = values.get(name);
      if (value) otherwise.values.set(name, value);
      if (fresh.has(name)) otherwise.fresh.add(name);
    }
    return names;
  }
}

/** Whether what is known of a value depends on any of these variables. */
function tellsOf(
  { maybeUndefinedWithout, innerUndefinedWithout, trueWithout, falseWithout }: Value,
  told: Names,
) {
  for (const name of told) {
    if (maybeUndefinedWithout.has(name) || innerUndefinedWithout.has(name)) return true;
    if (trueWithout.has(name) || falseWithout.has(name)) return true;
  }
  return false;
}
