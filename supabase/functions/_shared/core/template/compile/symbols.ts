/*
 * Which variable a name means, decided when a template is compiled.
 *
 * Jinja2 finds out by looking at a whole scope at once: a name that is set anywhere in a scope is a
 * variable of that scope, which starts out with the value of the outer variable of that name, if there
 * is one; a name that is only read is looked up outside. The rules, oddities included, are those of
 * Jinja2's own analysis.
 */

/** The variables that live together in one frame while rendering. */
export class Layout {
  readonly parent: Layout | undefined;
  private readonly variables = new Map<string, Variable>();

  constructor(parent?: Layout) {
    this.parent = parent;
  }

  get size(): number {
    return this.variables.size;
  }

  variable(level: number, name: string): Variable {
    const key = `${level} ${name}`;
    let variable = this.variables.get(key);
    if (!variable) {
      variable = { layout: this, slot: this.variables.size };
      this.variables.set(key, variable);
    }
    return variable;
  }
}

export interface Variable {
  readonly layout: Layout;
  readonly slot: number;
}

/** What a variable holds when its scope is entered. */
export type Load =
  | { readonly kind: "parameter" }
  | { readonly kind: "resolve"; readonly name: string }
  | { readonly kind: "alias"; readonly source: Variable }
  | { readonly kind: "undefined" };

/**
 * The names of one scope. A branch of an `if` is looked at with symbols of its own that lie over the
 * scope's: what they find is theirs until it is merged.
 */
export class Symbols {
  readonly level: number;
  readonly parent: Symbols | undefined;
  readonly layout: Layout;
  private readonly base: Symbols | undefined;
  private refs = new Map<string, Variable>();
  private loadsByVariable = new Map<Variable, Load>();
  private stores = new Set<string>();
  /** Names among `stores` whose load may change when this branch is merged. */
  private readonly unsettled = new Set<string>();
  /** Where names of the scopes around were found, so that deep nesting is climbed once per name. */
  private readonly found = new Map<string, Variable>();

  constructor(parent: Symbols | undefined, layout: Layout, base?: Symbols) {
    this.parent = parent;
    this.layout = layout;
    this.base = base;
    this.level = parent ? parent.level + 1 : 0;
  }

  get loads(): ReadonlyMap<Variable, Load> {
    return this.loadsByVariable;
  }

  find(name: string): Variable | undefined {
    return this.findHere(name) ?? this.findAround(name);
  }

  private findHere(name: string): Variable | undefined {
    return this.refs.get(name) ?? this.base?.findHere(name);
  }

  private findAround(name: string): Variable | undefined {
    const known = this.found.get(name);
    if (known || !this.parent) return known;
    const variable = this.parent.findHere(name) ?? this.parent.findAround(name);
    if (variable) this.found.set(name, variable);
    return variable;
  }

  private storesHere(name: string): boolean {
    return this.stores.has(name) || this.base?.storesHere(name) === true;
  }

  private define(name: string, load: Load): Variable {
    const variable = this.layout.variable(this.level, name);
    this.refs.set(name, variable);
    this.loadsByVariable.set(variable, load);
    return variable;
  }

  /** The name is given a value in this scope. */
  store(name: string): void {
    if (this.storesHere(name)) return;
    this.stores.add(name);
    if (this.findHere(name)) return;
    const outer = this.findAround(name);
    this.define(name, outer ? { kind: "alias", source: outer } : { kind: "undefined" });
    if (!outer) this.unsettled.add(name);
  }

  /** The name has a value from the beginning: a loop's target or a macro's parameter. */
  declare(name: string): Variable {
    this.stores.add(name);
    return this.define(name, { kind: "parameter" });
  }

  /** The name is read in this scope. */
  load(name: string): void {
    if (!this.find(name)) this.define(name, { kind: "resolve", name });
  }

  /** Symbols for a branch of an `if` in this scope. */
  branch(): Symbols {
    return new Symbols(this.parent, this.layout, this);
  }

  /**
   * Takes over what the branches of an `if` have found: the body's, that of all `elif`s, the `else`'s.
   *
   * A name that only some branches set still has its outer value where none did. One that all of them set
   * begins as the last branch has it, which Jinja2 does even where an earlier branch reads it first.
   */
  mergeBranches(branches: readonly [Symbols, Symbols, Symbols]): void {
    const last = branches[2];
    const [smallest, ...others] = branches.toSorted((one, two) => one.stores.size - two.stores.size);
    const everywhere = new Map<string, Load | undefined>();
    for (const name of smallest?.stores ?? []) {
      if (!others.every(({ stores }) => stores.has(name))) continue;
      everywhere.set(name, last.loadsByVariable.get(last.find(name) as Variable));
    }
    const partly = branches
      .flatMap(({ unsettled }) => [...unsettled])
      .filter((name) => !everywhere.has(name));
    for (const branch of branches) {
      this.refs = union(this.refs, branch.refs);
      this.loadsByVariable = union(this.loadsByVariable, branch.loadsByVariable);
      this.stores = unionOfSets(this.stores, branch.stores);
    }
    for (const [name, load] of everywhere) {
      if (load) this.define(name, load);
      if (load?.kind === "undefined") this.unsettled.add(name);
    }
    for (const name of partly) {
      const outer = this.findAround(name);
      this.define(name, outer ? { kind: "alias", source: outer } : { kind: "resolve", name });
    }
  }

  /** The variables set in this scope or around it, innermost first: what an included template sees. */
  *visibleStores(): Generator<[name: string, variable: Variable]> {
    for (let scope: Symbols | undefined = this; scope; scope = scope.parent) {
      for (const name of scope.stores) {
        const variable = this.find(name);
        if (variable) yield [name, variable];
      }
    }
  }
}

/*
 * What is merged is added to the larger side: names found deep inside many branches would otherwise be moved
 * once per branch around them.
 */

function union<K, V>(one: Map<K, V>, two: Map<K, V>): Map<K, V> {
  const [larger, smaller] = one.size < two.size ? [two, one] : [one, two];
  for (const [key, value] of smaller) larger.set(key, value);
  return larger;
}

function unionOfSets<T>(one: Set<T>, two: Set<T>): Set<T> {
  const [larger, smaller] = one.size < two.size ? [two, one] : [one, two];
  for (const value of smaller) larger.add(value);
  return larger;
}
