import type { Expression, Position } from "../ast/expressions.ts";
import type { Autoescape, Output } from "../ast/statements.ts";
import { replaceText } from "../methods/text-change.ts";
import { concatText } from "../operators/concat.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { softStr, softText } from "../values/conversions.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import type { Value } from "../values/value.ts";
import { analyzeBody } from "./analyze.ts";
import { isConstant } from "./constants.ts";
import { compilePlaced } from "./expressions.ts";
import { type EscapeMode, type Evaluate, type Execute, GO_ON, type Scope } from "./scope.ts";
import { compileBody } from "./statements.ts";
import { compileEnter } from "./variables.ts";
import { walkExpression } from "./walk-names.ts";

export function compileAutoescape(statement: Autoescape, scope: Scope): Execute {
  const inner = scope.inner();
  walkExpression(statement.enabled, { read: (name) => inner.symbols.load(name), write: () => {} });
  analyzeBody(statement.body, inner.symbols);
  inner.escaping = statement.enabled.kind === "boolean" ? statement.enabled.value : "dynamic";
  const enabled = compilePlaced(statement.enabled, inner);
  const body = compileBody(statement.body, inner);
  const enter = compileEnter(inner);
  return (frame) => {
    enter(frame);
    const { escaping } = frame.context;
    const before = escaping.on;
    escaping.on = isTrue(enabled(frame), frame.rt);
    const signal = body(frame);
    escaping.on = before;
    return signal;
  };
}

/** What a `{{ … }}` does where values are, or may be, escaped. */
export function compileEscapedOutput(statement: Output, expression: Evaluate, escaping: EscapeMode): Execute {
  const place = statement.expression;
  // Where only the render tells whether to escape, Jinja2 has already decided about constants.
  const literal = isConstant(place, "dynamic");
  return (frame) => {
    const value = expression(frame);
    frame.rt.at = place;
    const text = str(value, frame.rt);
    const escapes = (escaping === true || (!literal && frame.rt.autoescape)) && !(value instanceof Markup);
    frame.rt.output.write(escapes ? escapeHtml(text, frame.rt.meter) : text);
    return GO_ON;
  };
}

/** `a ~ b ~ …` under autoescape. Of constants alone Jinja2 makes plain text while it compiles, markup or not. */
export function concatFor(parts: readonly Expression[]): typeof concatText | typeof concatMarkup {
  return parts.every((part) => isConstant(part)) ? concatText : concatMarkup;
}

/** Once there is markup among the parts, the others are escaped. */
function concatMarkup(parts: readonly Value[], places: readonly Position[], rt: Runtime): Value {
  const escaping = parts.some((part) => part instanceof Markup);
  let text = "";
  parts.forEach((part, index) => {
    rt.at = places[index] as Position;
    const piece = str(part, rt);
    text += escaping && !(part instanceof Markup) ? escapeHtml(piece, rt.meter) : piece;
    rt.meter.reserveText(text.length);
  });
  return escaping ? new Markup(text) : text;
}

/** `replace` under autoescape: texts that become part of markup are escaped. */
export function replaceEscaping(
  rt: Runtime,
  value: Value,
  old: Value,
  replacement: Value,
  times: number,
): Value {
  const escapes = old instanceof Markup || (replacement instanceof Markup && !(value instanceof Markup));
  const text =
    escapes && !(value instanceof Markup)
      ? new Markup(escapeHtml(str(value, rt), rt.meter))
      : softStr(value, rt);
  if (!(text instanceof Markup))
    return replaceText(rt, text, softText(old, rt), softText(replacement, rt), times);
  const safe = replacement instanceof Markup ? replacement.text : escapeHtml(str(replacement, rt), rt.meter);
  return new Markup(replaceText(rt, text.text, softText(old, rt), safe, times));
}
