import type { Body, If, Output, SetStatement, Statement, Text } from "../ast/statements.ts";
import { part } from "../parts/parts.ts";
import type { Frame } from "../runtime/context.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import { compileExpression, compilePlaced } from "./expressions.ts";
import { compileFor } from "./loops.ts";
import { compileCallBlock, compileMacro } from "./macros.ts";
import { BREAK, CONTINUE, type Execute, GO_ON, type Scope } from "./scope.ts";
import { compileTarget, targetNames } from "./variables.ts";

/** Turns a body into one function. Running it costs a step per syntax node its statements have. */
export function compileBody(body: Body, scope: Scope): Execute {
  const { compilation } = scope;
  const outer = compilation.nodes;
  compilation.nodes = 0;
  const statements = body.map((statement) => compileStatement(statement, scope));
  const cost = compilation.nodes + statements.length;
  compilation.nodes = outer;
  const [first] = body;
  if (!first) return () => GO_ON;
  const [only] = statements;
  if (statements.length === 1 && only) {
    return (frame) => {
      frame.rt.charge(cost, first);
      return only(frame);
    };
  }
  return (frame) => {
    frame.rt.charge(cost, first);
    for (const statement of statements) {
      const signal = statement(frame);
      if (signal !== GO_ON) return signal;
    }
    return GO_ON;
  };
}

function compileStatement(statement: Statement, scope: Scope): Execute {
  switch (statement.kind) {
    case "text":
      return guarded(scope, compileText(statement));
    case "output":
      return compileOutput(statement, scope);
    case "if":
      return compileIf(statement, scope);
    case "for":
      return compileFor(statement, scope);
    case "set":
      return compileSet(statement, scope);
    case "set_block":
      return part("blocks").compileSetBlock(statement, scope);
    case "with":
      return part("blocks").compileWith(statement, scope);
    case "do": {
      const expression = compileExpression(statement.expression, scope);
      return (frame) => {
        expression(frame);
        return GO_ON;
      };
    }
    case "break":
    case "continue":
      return compileJump(statement, scope);
    default:
      return compileDefinition(statement, scope);
  }
}

function compileDefinition(statement: Statement, scope: Scope): Execute {
  switch (statement.kind) {
    case "macro":
      return compileMacro(statement, scope);
    case "call_block":
      return compileCallBlock(statement, scope);
    case "filter_block":
      return part("blocks").compileFilterBlock(statement, scope);
    case "autoescape":
      return part("escaping").compileAutoescape(statement, scope);
    case "block":
      return part("inheritance").compileBlock(statement, scope);
    case "extends":
      return part("inheritance").compileExtends(statement, scope);
    case "include":
      return part("composition").compileInclude(statement, scope);
    case "import":
      return part("composition").compileImport(statement, scope);
    case "from_import":
      return part("composition").compileFromImport(statement, scope);
    default:
      return () => GO_ON;
  }
}

/** Output outside blocks is dropped once the template has extended another. */
function guarded(scope: Scope, execute: Execute): Execute {
  if (!scope.outputGuarded) return execute;
  if (scope.compilation.surelyExtends) return () => GO_ON;
  return (frame) => (frame.context.parent ? GO_ON : execute(frame));
}

function compileText(text: Text): Execute {
  return ({ rt }) => {
    rt.at = text;
    rt.output.write(text.value);
    return GO_ON;
  };
}

function compileOutput(statement: Output, scope: Scope): Execute {
  // Jinja2 does not even look at what can never be printed.
  if (scope.outputGuarded && scope.compilation.surelyExtends) return () => GO_ON;
  const expression = compileExpression(statement.expression, scope);
  const place = statement.expression;
  const { escaping } = scope;
  if (escaping === false) {
    return guarded(scope, (frame) => {
      const value = expression(frame);
      frame.rt.at = place;
      frame.rt.output.write(typeof value === "string" ? value : str(value, frame.rt));
      return GO_ON;
    });
  }
  return guarded(scope, part("escaping").compileEscapedOutput(statement, expression, escaping));
}

function compileIf(statement: If, scope: Scope): Execute {
  const soft = scope.softened();
  const branches = statement.branches.map((branch) => ({
    condition: compilePlaced(branch.condition, soft),
    body: compileBody(branch.body, soft),
  }));
  const otherwise = compileBody(statement.otherwise, soft);
  return (frame) => {
    for (const { condition, body } of branches) {
      if (isTrue(condition(frame), frame.rt)) return body(frame);
    }
    return otherwise(frame);
  };
}

function compileSet(statement: SetStatement, scope: Scope): Execute {
  const value = compileExpression(statement.value, scope);
  const assign = compileTarget(statement.target, scope);
  const publish = compilePublish(targetNames(statement.target), scope);
  return (frame) => {
    assign(frame, value(frame));
    publish(frame);
    return GO_ON;
  };
}

/** What is set at the top level becomes visible to blocks, includes and imports. */
export function compilePublish(names: readonly string[], scope: Scope): (frame: Frame) => void {
  if (!scope.topLevel || names.length === 0) return () => {};
  const slots = names.map((name) => ({ name, slot: scope.variable(name).slot }));
  return (frame) => {
    for (const { name, slot } of slots) {
      const value = frame.slots[slot];
      if (value !== undefined) frame.context.vars.set(name, value);
      if (!name.startsWith("_")) frame.context.exported.add(name);
    }
  };
}

function compileJump(statement: Statement, scope: Scope): Execute {
  if (!scope.inLoop) throw scope.error("syntax_error", `'${statement.kind}' outside loop`, statement);
  const signal = statement.kind === "break" ? BREAK : CONTINUE;
  return () => signal;
}
