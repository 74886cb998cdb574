import type { Arguments, Call, Expression, Position } from "./expressions.ts";

/*
 * The statements of a template's syntax tree; what holds for all of it is said in `expressions.ts`.
 */

export type Statement =
  | Text
  | Output
  | If
  | For
  | SetStatement
  | SetBlock
  | With
  | Macro
  | CallBlock
  | FilterBlock
  | Autoescape
  | Block
  | Extends
  | Include
  | Import
  | FromImport
  | Do
  | Break
  | Continue;

export type Body = readonly Statement[];

/** Text that stands in the output as it is, after whitespace control. */
export interface Text extends Position {
  readonly kind: "text";
  readonly value: string;
}
/** `{{ expression }}` or one expression of `{% print … %}` */
export interface Output extends Position {
  readonly kind: "output";
  readonly expression: Expression;
}
export interface If extends Position {
  readonly kind: "if";
  /** `if` and every `elif`, in order. */
  readonly branches: readonly IfBranch[];
  readonly otherwise: Body;
}
export interface IfBranch {
  readonly condition: Expression;
  readonly body: Body;
}
export interface For extends Position {
  readonly kind: "for";
  readonly target: Target;
  readonly iterable: Expression;
  /** `for x in xs if condition` */
  readonly condition: Expression | null;
  readonly recursive: boolean;
  readonly body: Body;
  readonly otherwise: Body;
}
export interface SetStatement extends Position {
  readonly kind: "set";
  readonly target: Target;
  readonly value: Expression;
}
/** `{% set target | filters %}body{% endset %}` */
export interface SetBlock extends Position {
  readonly kind: "set_block";
  readonly target: Target;
  readonly filters: readonly FilterStep[];
  readonly body: Body;
}
export interface With extends Position {
  readonly kind: "with";
  readonly bindings: readonly Binding[];
  readonly body: Body;
}
export interface Binding {
  readonly target: Target;
  readonly value: Expression;
}
export interface Macro extends Position {
  readonly kind: "macro";
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
}
export interface Parameter extends Position {
  readonly name: string;
  readonly default: Expression | null;
}
/** `{% call(parameters) call %}body{% endcall %}` */
export interface CallBlock extends Position {
  readonly kind: "call_block";
  readonly parameters: readonly Parameter[];
  readonly call: Call;
  readonly body: Body;
}
export interface FilterBlock extends Position {
  readonly kind: "filter_block";
  readonly filters: readonly FilterStep[];
  readonly body: Body;
}
/** A filter applied to a block's text; steps apply in order. */
export interface FilterStep extends Position {
  readonly name: string;
  readonly args: Arguments;
}
export interface Autoescape extends Position {
  readonly kind: "autoescape";
  readonly enabled: Expression;
  readonly body: Body;
}
export interface Block extends Position {
  readonly kind: "block";
  readonly name: string;
  readonly scoped: boolean;
  readonly required: boolean;
  readonly body: Body;
}
export interface Extends extends Position {
  readonly kind: "extends";
  readonly template: Expression;
}
export interface Include extends Position {
  readonly kind: "include";
  readonly template: Expression;
  readonly ignoreMissing: boolean;
  readonly withContext: boolean;
}
export interface Import extends Position {
  readonly kind: "import";
  readonly template: Expression;
  readonly alias: string;
  readonly withContext: boolean;
}
export interface FromImport extends Position {
  readonly kind: "from_import";
  readonly template: Expression;
  readonly names: readonly ImportedName[];
  readonly withContext: boolean;
}
export interface ImportedName extends Position {
  readonly name: string;
  readonly alias: string;
}
export interface Do extends Position {
  readonly kind: "do";
  readonly expression: Expression;
}
export interface Break extends Position {
  readonly kind: "break";
}
export interface Continue extends Position {
  readonly kind: "continue";
}

export type Target = NameTarget | TupleTarget | NamespaceTarget;
export interface NameTarget extends Position {
  readonly kind: "name";
  readonly name: string;
}
export interface TupleTarget extends Position {
  readonly kind: "tuple";
  readonly items: readonly Target[];
}
/** `{% set namespace.attribute = … %}` */
export interface NamespaceTarget extends Position {
  readonly kind: "namespace";
  readonly name: string;
  readonly attribute: string;
}
