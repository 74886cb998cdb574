import type { Body, For, Statement } from "../ast/statements.ts";
import { targetNames } from "./variables.ts";

/** The bodies directly inside a statement. */
function bodiesOf(part: object): Body[] {
  return Object.entries(part).flatMap(([key, inner]) => {
    if (key === "body" || key === "otherwise") return [inner as Body];
    return key === "branches" ? (inner as object[]).flatMap(bodiesOf) : [];
  });
}

/**
 * A question about a body: whether any statement in it, or inside one there, is as asked. The answer is kept
 * per body, so that asking at every level of deep nesting looks at each statement once.
 */
function anyStatement(asked: (statement: Statement) => boolean): (body: Body) => boolean {
  const answers = new WeakMap<Body, boolean>();
  const ask = (body: Body): boolean => {
    let answer = answers.get(body);
    if (answer === undefined) {
      answer = body.some((statement) => asked(statement) || bodiesOf(statement).some(ask));
      answers.set(body, answer);
    }
    return answer;
  };
  return ask;
}

export const hasExtends = anyStatement((statement) => statement.kind === "extends");

export const hasScopedBlock = anyStatement((statement) => statement.kind === "block" && statement.scoped);

function assignsToLoop(statement: Statement): boolean {
  if (statement.kind !== "for" && statement.kind !== "set" && statement.kind !== "set_block") return false;
  return targetNames(statement.target).includes("loop");
}

const hasAssignmentToLoop = anyStatement(assignsToLoop);

/** Whether a loop, or anything inside it, assigns to the name `loop`. */
export function setsLoop(loop: For): boolean {
  return assignsToLoop(loop) || bodiesOf(loop).some(hasAssignmentToLoop);
}
