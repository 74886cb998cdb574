/**
 * The syntax tree of a Jinja2 template.
 *
 * Two promises make it pleasant to walk:
 * - every node carries the line and column (both from 1, columns in UTF-16 units) of the token that
 *   names it: a filter points at the filter's name, an attribute at the attribute's name;
 * - its height is bounded (see `MAX_NESTING`). What a template can repeat without end (`a + b + c …`,
 *   `a ~ b ~ c …`, `a or b or c …`, `elif`) is a flat list here, so a plain recursive walk is safe.
 */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Expression =
  | NoneLiteral
  | BooleanLiteral
  | IntegerLiteral
  | FloatLiteral
  | StringLiteral
  | Name
  | ListDisplay
  | TupleDisplay
  | DictDisplay
  | Attribute
  | Subscript
  | Slice
  | Call
  | Filter
  | Test
  | Not
  | Unary
  | Arithmetic
  | Concat
  | Comparison
  | Logical
  | Conditional;

export interface NoneLiteral extends Position {
  readonly kind: "none";
}
export interface BooleanLiteral extends Position {
  readonly kind: "boolean";
  readonly value: boolean;
}
export interface IntegerLiteral extends Position {
  readonly kind: "integer";
  /** A bigint only where a number could not hold it exactly. */
  readonly value: number | bigint;
}
export interface FloatLiteral extends Position {
  readonly kind: "float";
  readonly value: number;
}
export interface StringLiteral extends Position {
  readonly kind: "string";
  readonly value: string;
}
export interface Name extends Position {
  readonly kind: "name";
  readonly name: string;
}
export interface ListDisplay extends Position {
  readonly kind: "list";
  readonly items: readonly Expression[];
}
export interface TupleDisplay extends Position {
  readonly kind: "tuple";
  readonly items: readonly Expression[];
}
export interface DictDisplay extends Position {
  readonly kind: "dict";
  readonly entries: readonly DictEntry[];
}
export interface DictEntry {
  readonly key: Expression;
  readonly value: Expression;
}
/** `object.name` */
export interface Attribute extends Position {
  readonly kind: "attribute";
  readonly object: Expression;
  readonly name: string;
}
/** `object[index]`; the index may be a {@link Slice}. `object.0` is a subscript too. */
export interface Subscript extends Position {
  readonly kind: "subscript";
  readonly object: Expression;
  readonly index: Expression;
}
/** `start:stop:step`, only ever inside a {@link Subscript} (alone or in its tuple). */
export interface Slice extends Position {
  readonly kind: "slice";
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
}
export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
  /** `*expression` */
  readonly spread: Expression | null;
  /** `**expression` */
  readonly namedSpread: Expression | null;
}
export interface NamedArgument extends Position {
  readonly name: string;
  readonly value: Expression;
}
export interface Call extends Position {
  readonly kind: "call";
  readonly callee: Expression;
  readonly args: Arguments;
}
/** `input|name(args)` */
export interface Filter extends Position {
  readonly kind: "filter";
  readonly input: Expression;
  readonly name: string;
  readonly args: Arguments;
}
/** `input is name(args)`; `is not` wraps the test in a {@link Not}. */
export interface Test extends Position {
  readonly kind: "test";
  readonly input: Expression;
  readonly name: string;
  readonly args: Arguments;
}
export interface Not extends Position {
  readonly kind: "not";
  readonly operand: Expression;
}
export interface Unary extends Position {
  readonly kind: "unary";
  readonly operator: "+" | "-";
  readonly operand: Expression;
}
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**";
/** A run of operators of one precedence, applied from left to right: `first op operand op operand …`. */
export interface Arithmetic extends Position {
  readonly kind: "arithmetic";
  readonly first: Expression;
  readonly rest: readonly ArithmeticStep[];
}
export interface ArithmeticStep extends Position {
  readonly operator: ArithmeticOperator;
  readonly operand: Expression;
}
/** `a ~ b ~ c` */
export interface Concat extends Position {
  readonly kind: "concat";
  readonly parts: readonly Expression[];
}
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";
/** `a < b < c`: each neighbouring pair is compared, as in Python. */
export interface Comparison extends Position {
  readonly kind: "comparison";
  readonly first: Expression;
  readonly rest: readonly ComparisonStep[];
}
export interface ComparisonStep extends Position {
  readonly operator: ComparisonOperator;
  readonly operand: Expression;
}
export interface Logical extends Position {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly operands: readonly Expression[];
}
/** `whenTrue if condition else whenFalse` */
export interface Conditional extends Position {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression | null;
}
