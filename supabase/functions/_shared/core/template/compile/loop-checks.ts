import type { Body, For, Statement } from "../ast.ts";
import { targetNames } from "./variables.ts";

/** The bodies directly inside a statement. */
export function bodiesOf(statement: Statement): readonly Body[] {
  switch (statement.kind) {
    case "if":
      return [...statement.branches.map((branch) => branch.body), statement.otherwise];
    case "for":
      return [statement.body, statement.otherwise];
    case "set_block":
    case "with":
    case "macro":
    case "call_block":
    case "filter_block":
    case "autoescape":
    case "block":
      return [statement.body];
    default:
      return [];
  }
}

/** Whether any statement in a body, or inside one there, is as asked. */
export function someStatement(body: Body, asked: (statement: Statement) => boolean): boolean {
  return body.some(
    (statement) => asked(statement) || bodiesOf(statement).some((inner) => someStatement(inner, asked)),
  );
}

export function hasScopedBlock(body: Body): boolean {
  return someStatement(body, (statement) => statement.kind === "block" && statement.scoped);
}

/** Whether a loop, or anything inside it, assigns to the name `loop`. */
export function setsLoop(loop: For): boolean {
  return someStatement([loop], (statement) => {
    if (statement.kind === "for" || statement.kind === "set" || statement.kind === "set_block") {
      return targetNames(statement.target).includes("loop");
    }
    return false;
  });
}
