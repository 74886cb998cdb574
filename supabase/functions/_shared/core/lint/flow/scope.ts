import { chooseValue, type Value } from "./value.ts";

/** The names a piece of template has given values to itself. All other names are the caller's variables. */
export class Scope {
  private readonly values = new Map<string, Value>();
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
    for (const name of new Set([...then.values.keys(), ...otherwise.values.keys()])) {
      const thenValue = then.lookup(name) ?? variable(name);
      const otherwiseValue = otherwise.lookup(name) ?? variable(name);
      this.values.set(name, chooseValue(condition, thenValue, otherwiseValue));
    }
  }
}
