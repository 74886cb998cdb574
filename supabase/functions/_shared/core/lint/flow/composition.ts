import type { Block, Expression, Extends, FromImport, Import, Include } from "../../template/ast.ts";
import { evaluate } from "./expressions.ts";
import { walkBody } from "./statements.ts";
import { OPAQUE } from "./value.ts";
import type { Walker } from "./walker.ts";

/** Statements that join templates: what is included sees this template's names, what is imported does not. */
export function evaluateComposition(
  walker: Walker,
  statement: Block | Extends | Include | Import | FromImport,
): void {
  switch (statement.kind) {
    case "block":
      walker.inScope(() => {
        for (const name of ["self", "super"]) walker.scope.assign(name, OPAQUE);
        walkBody(walker, statement.body);
      });
      return;
    case "include":
    case "extends":
      walker.needs(evaluate(walker, statement.template), statement.template);
      walkNamed(walker, statement.template, statement.kind === "extends" || statement.withContext);
      return;
    case "import":
      walker.needs(evaluate(walker, statement.template), statement.template);
      walker.scope.assign(statement.alias, OPAQUE);
      return;
    case "from_import":
      walker.needs(evaluate(walker, statement.template), statement.template);
      for (const { alias } of statement.names) walker.scope.assign(alias, OPAQUE);
      return;
  }
}

/** Walks a template that is named by a literal and known; anything else tells nothing. */
function walkNamed(walker: Walker, name: Expression, withContext: boolean): void {
  if (name.kind !== "string" || !withContext || walker.including.includes(name.value)) return;
  const { within } = walker;
  const template = walker.resolve(name.value, within);
  if (!template) return;
  walker.including.push(name.value);
  walker.within = template;
  walker.inScope(() => walkBody(walker, template.body));
  walker.within = within;
  walker.including.pop();
}
