import type { Body, Expression, Output, Statement } from "../../template/ast.ts";
import { freeNames } from "../free-names.ts";
import type { LintContext, LintRule } from "../lint-context.ts";
import { type Node, nodesOf } from "../walk-tree.ts";

/**
 * A caller's text stands in a system message with nothing around it, so the model cannot tell it from the
 * author's instructions. Docs: docs/lint-rules/unfenced-interpolation.md
 */
export const unfencedInterpolation: LintRule = {
  level: "warning",
  *check(context) {
    const told = new Set<string>();
    for (const { role, template, index } of context.messages) {
      if (!template || (role !== "system" && role !== "developer")) continue;
      for (const body of bodiesOf(template.body)) {
        for (const { output, name } of unfencedOf(context, body)) {
          if (told.has(name)) continue;
          told.add(name);
          yield {
            message: `The value of \`${name}\` stands among the instructions with nothing to set it apart.`,
            remedy: `Put it between tags or quotes, as in <${name}>{{ ${name} }}</${name}>, and say that it is data.`,
            at: { messageIndex: index, line: output.line, column: output.column },
          };
        }
      }
    }
  },
};

function* bodiesOf(root: Body): Iterable<Body> {
  yield root;
  for (const node of nodesOf(root as readonly Node[])) {
    if ("body" in node) yield node.body;
    if ("otherwise" in node && Array.isArray(node.otherwise)) yield node.otherwise as Body;
    if (node.kind === "if") for (const branch of node.branches) yield branch.body;
  }
}

function* unfencedOf(context: LintContext, body: Body): Iterable<{ output: Output; name: string }> {
  for (const [index, node] of body.entries()) {
    if (node.kind !== "output" || setsItselfApart(node.expression)) continue;
    const name = textVariable(context, node.expression);
    if (name && !isFenced(body[index - 1], body[index + 1])) yield { output: node, name };
  }
}

/** The variable whose text is printed, unless it is a number or a truth value, which carries no instructions. */
function textVariable({ effective }: LintContext, expression: Expression): string | null {
  for (const name of freeNames(expression)) {
    const type = effective.variables.get(name)?.type;
    if (type && type !== "number" && type !== "boolean") return name;
  }
  return null;
}

/** Filters whose result is quoted, numbers, or text that is no longer the caller's. */
const APART = new Set([
  "tojson",
  "pprint",
  "int",
  "float",
  "length",
  "count",
  "round",
  "abs",
  "wordcount",
  "xmlattr",
]);

function setsItselfApart(expression: Expression): boolean {
  return expression.kind !== "filter" ? expression.kind === "test" : APART.has(expression.name);
}

const OPENING = /(?:["'`“‘«(<[{|]|<[^<>\n]*>|```[^\n]*|"""|'''|---+|===+|###[^\n]*)\s*$/;
const CLOSING = /^\s*(?:["'`”’»)>\]}|]|<\/|```|"""|'''|---+|===+|###)/;

function isFenced(before: Statement | undefined, after: Statement | undefined): boolean {
  return (
    before?.kind === "text" &&
    after?.kind === "text" &&
    OPENING.test(before.value) &&
    CLOSING.test(after.value)
  );
}
