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
  private readonly refs = new Map<string, Variable>();
  private readonly loadsByVariable = new Map<Variable, Load>();
  private readonly stores = new Set<string>();

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
    return this.findHere(name) ?? this.parent?.find(name);
  }

  private findHere(name: string): Variable | undefined {
    return this.refs.get(name) ?? this.base?.findHere(name);
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
    this.stores.add(name);
    if (this.findHere(name)) return;
    const outer = this.parent?.find(name);
    this.define(name, outer ? { kind: "alias", source: outer } : { kind: "undefined" });
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

  /** Takes over what the branches of an `if` have found. */
  mergeBranches(branches: readonly Symbols[]): void {
    const stored = new Set<string>();
    for (const branch of branches) {
      for (const name of branch.stores) if (!this.storesHere(name)) stored.add(name);
    }
    for (const branch of branches) {
      for (const [name, variable] of branch.refs) this.refs.set(name, variable);
      for (const [variable, load] of branch.loadsByVariable) this.loadsByVariable.set(variable, load);
      for (const name of branch.stores) this.stores.add(name);
    }
    // A name that only some branch sets still has its outer value where no branch did.
    for (const name of stored) {
      const variable = this.find(name);
      if (!variable) continue;
      const outer = this.parent?.find(name);
      this.loadsByVariable.set(
        variable,
        outer ? { kind: "alias", source: outer } : { kind: "resolve", name },
      );
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
