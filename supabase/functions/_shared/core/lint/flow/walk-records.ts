import type { Position } from "../../template/ast/expressions.ts";
import type { Block } from "../../template/ast/statements.ts";
import type { ParsedTemplate } from "../../template/parse-template.ts";
import type { Path } from "./path.ts";
import type { Scope } from "./scope.ts";
import type { Shape } from "./shape.ts";
import type { Value } from "./value.ts";

/** A place in one of the messages. */
export interface Place extends Position {
  readonly messageIndex: number;
}

/** All that is gathered about one variable on the walk. */
export interface VariableRecord {
  readonly name: string;
  readonly shape: Shape;
  readonly value: Value;
  readonly uses: Place[];
  /** The first place at which its absence stops the rendering. */
  firstNeed: Place | null;
}

/** A call of a name that is neither a macro nor a function, or of a method that no value of a caller has. */
export interface UnknownCall extends Place {
  readonly name: string;
  readonly kind: "function" | "method";
  /** Names that could have been called here. */
  readonly visible: ReadonlySet<string>;
}

/** Whether undefined values may be printed and tested (`lenient`) or stop the rendering (`strict`). */
export type UndefinedMode = "strict" | "lenient";

/** Answers the template an `include` or `import` names, or undefined when it is not known. */
export type TemplateResolver = (name: string, from?: ParsedTemplate) => ParsedTemplate | undefined;

/** A block that overrides another, and the template it is written in; undefined for the message itself. */
export interface Override {
  readonly block: Block;
  readonly within: ParsedTemplate | undefined;
  /** The tag that leads there. */
  readonly entrance: Position;
}

/** A piece of template that was walked apart. */
export interface Piece {
  readonly path: Path;
  readonly scope: Scope;
}
