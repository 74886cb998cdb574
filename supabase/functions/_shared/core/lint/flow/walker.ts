import type { Position } from "../../template/ast/expressions.ts";
import type { ParsedTemplate } from "../../template/parse-template.ts";
import { GLOBAL_FUNCTIONS } from "./builtins.ts";
import { LaterNames } from "./later-names.ts";
import { isPlaceholder } from "./macro.ts";
import { Path } from "./path.ts";
import { Scope } from "./scope.ts";
import { Shape } from "./shape.ts";
import { DEFINED, minus, type Names, NO_NAMES, OPAQUE, union, type Value, variableValue } from "./value.ts";
import type {
  Override,
  Piece,
  Place,
  TemplateResolver,
  UndefinedMode,
  UnknownCall,
  VariableRecord,
} from "./walk-records.ts";

const MOST_USES = 100;
/** Beyond this many, what is known to be given only costs the accuracy of a reported place. */
const MOST_GIVEN = 500;

/** The state of the walk: where it is, what it has seen, and which names mean what here. */
export class Walker {
  readonly variables = new Map<string, VariableRecord>();
  readonly unknownCalls: UnknownCall[] = [];
  readonly mode: UndefinedMode;
  readonly resolve: TemplateResolver;
  /** Names of the templates being walked, from the outermost to this one. */
  readonly including: string[] = [];
  /** The included template being walked; undefined in the messages themselves. */
  within: ParsedTemplate | undefined;
  /** The tag of the message that led there: what is found in an included template is told at its place. */
  private entrance: Position | undefined;
  /** In a template imported without context, where a name nobody gives a value is nobody's variable. */
  private sealed = false;
  /** Blocks that stand in the place of those of the template being walked, by name. */
  overrides: ReadonlyMap<string, Override> = new Map();
  messageIndex = 0;
  path = new Path();
  scope = new Scope();
  macros = 0;
  /** Variables that are known to be given, or the walk would not be on this branch. */
  private given: Names = NO_NAMES;
  readonly later = new LaterNames();
  private readonly outer: { path: Path; scope: Scope; given: Names }[] = [];

  constructor(mode: UndefinedMode, resolve: TemplateResolver) {
    this.mode = mode;
    this.resolve = resolve;
  }

  /** What a name stands for here; a name nothing else gives a value to is the caller's variable. */
  read(name: string, position: Position): Value {
    const local = this.scope.lookup(name);
    if (local) {
      if (local.maybeUndefinedWithout.has(name)) this.noteUse(this.variable(name), position);
      return local;
    }
    if (GLOBAL_FUNCTIONS.includes(name)) return { ...DEFINED, callable: { kind: "global", name } };
    if (this.later.read(name)) return OPAQUE;
    if (this.sealed) return DEFINED;
    const record = this.variable(name);
    this.noteUse(record, position);
    return record.value;
  }

  variable(name: string): VariableRecord {
    let record = this.variables.get(name);
    if (!record) {
      const shape = new Shape();
      record = { name, shape, value: variableValue(name, shape), uses: [], firstNeed: null };
      this.variables.set(name, record);
    }
    return record;
  }

  /** The value is used here in a way that an undefined one does not survive. */
  needs(value: Value, position: Position): void {
    this.noteNeed(value.maybeUndefinedWithout, position);
    this.path.needs(value);
  }

  mayNeed(value: Value, position: Position): void {
    this.noteNeed(union(value.maybeUndefinedWithout, value.innerUndefinedWithout), position);
    this.path.mayNeed(value);
  }

  /** Another piece's needs happen here, certainly or perhaps. */
  noteNeed(names: Names, position: Position): void {
    for (const name of minus(names, this.given)) {
      if (isPlaceholder(name)) continue;
      const record = this.variable(name);
      record.firstNeed ??= this.place(position);
    }
  }

  /** Goes on, on a path and in a scope of its own, until {@link leave}. */
  enter(given: Names = NO_NAMES): void {
    this.outer.push({ path: this.path, scope: this.scope, given: this.given });
    this.path = new Path();
    this.scope = new Scope(this.scope);
    if (this.given.size + given.size <= MOST_GIVEN) this.given = union(this.given, given);
  }

  leave(): Piece {
    const piece = { path: this.path, scope: this.scope };
    const outer = this.outer.pop();
    if (outer) Object.assign(this, outer);
    return piece;
  }

  /** Walks a piece on its own and hands it back, without going through it here. */
  apart(walk: () => void, given: Names = NO_NAMES): Piece {
    this.enter(given);
    walk();
    return this.leave();
  }

  /** Walks two branches and goes on behind them. Assignments on either remain visible. */
  branch(condition: Value, then: () => void, otherwise: () => void): void {
    const first = this.apart(then, condition.falseWithout);
    this.rejoin(condition, first, this.apart(otherwise, condition.trueWithout));
  }

  /** Goes on behind two branches that were walked apart; null is a branch with nothing on it. */
  rejoin(condition: Value, then: Piece | null, otherwise: Piece | null): void {
    this.path.choose(condition, then?.path ?? new Path(), otherwise?.path ?? new Path());
    const variable = (name: string) => this.variable(name).value;
    this.scope.join(
      condition,
      then?.scope ?? new Scope(this.scope),
      otherwise?.scope ?? new Scope(this.scope),
      variable,
    );
  }

  /** A macro's body is walked here, but for what depends on its arguments. */
  followBody(body: Path, position: Position): void {
    if (this.path.addOnce(body, isPlaceholder)) this.noteNeed(body.mayFailWithout, position);
  }

  /** Walks a piece here, in a scope that is gone behind it. */
  inScope(walk: () => void): void {
    const { path } = this.apart(walk);
    this.path.follow(path);
  }

  /** Whether a name is one the caller gives a value to. */
  isVariable(name: string): boolean {
    return !this.sealed && !this.scope.lookup(name) && !GLOBAL_FUNCTIONS.includes(name);
  }

  /** Walks another template, or the message itself again; what is found there is told at the tag's place. */
  inside(template: ParsedTemplate | undefined, tag: Position, walk: () => void): void {
    const { within, entrance } = this;
    this.within = template;
    this.entrance = template ? (entrance ?? tag) : undefined;
    walk();
    this.within = within;
    this.entrance = entrance;
  }

  /** Walks a template that sees nothing of this one, and answers what it defines. */
  sealedApart(walk: () => void): Piece {
    const { scope, sealed } = this;
    this.scope = new Scope();
    this.sealed = true;
    const piece = this.apart(walk);
    this.scope = scope;
    this.sealed = sealed;
    return piece;
  }

  place(position: Position): Place {
    const { line, column } = this.entrance ?? position;
    return { messageIndex: this.messageIndex, line, column };
  }

  private noteUse(record: VariableRecord, position: Position): void {
    if (record.uses.length < MOST_USES) record.uses.push(this.place(position));
  }
}
