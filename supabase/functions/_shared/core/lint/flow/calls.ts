import type { Attribute, Call, Name } from "../../template/ast/expressions.ts";
import { ALL_METHOD_NAMES } from "../known-names.ts";
import { evaluateArguments, needAll } from "./arguments.ts";
import { EVIDENCE_OF_METHOD, METHODS_KEEPING_ARGUMENTS } from "./builtins.ts";
import { evaluate } from "./expressions.ts";
import { type CallArguments, callMacro, type Macro } from "./macro.ts";
import { collectionOf, DEFINED, OPAQUE, partOf, putInto, union, type Value } from "./value.ts";
import type { Walker } from "./walker.ts";

export function evaluateCall(walker: Walker, call: Call): Value {
  if (call.callee.kind === "attribute") return callMethod(walker, call, call.callee);
  const callee = evaluate(walker, call.callee);
  if (call.callee.kind === "name") noteUnknown(walker, call.callee, callee);
  walker.needs(callee, call.callee);
  const args = evaluateArguments(walker, call.args);
  const { callable } = callee;
  if (callable?.kind === "macro") return followMacro(walker, call, callable.macro, args);
  if (callable?.kind === "global") return callGlobal(walker, call, callable.name, args);
  needAll(walker, args, false);
  return OPAQUE;
}

function followMacro(walker: Walker, call: Call, macro: Macro, args: CallArguments): Value {
  walker.followBody(macro.path, call);
  const path = callMacro(macro, args);
  walker.noteNeed(path.mayFailWithout, call);
  walker.path.follow(path);
  return DEFINED;
}

/** JSON holds no functions, so calling a variable cannot work. */
function noteUnknown(walker: Walker, name: Name, callee: Value): void {
  if (callee.callable || !callee.undefinedWithout.has(name.name)) return;
  const visible = walker.scope.visibleNames();
  walker.unknownCalls.push({ ...walker.place(name), name: name.name, kind: "function", visible });
}

/** What a caller sends has the methods of Python's text, lists, dicts and numbers, and no others. */
function noteUnknownMethod(walker: Walker, { object, name, ...position }: Attribute): void {
  if (ALL_METHOD_NAMES.has(name)) return;
  let base = object;
  while (base.kind === "attribute" || base.kind === "subscript") base = base.object;
  if (base.kind !== "name" || !walker.isVariable(base.name)) return;
  walker.unknownCalls.push({ ...walker.place(position), name, kind: "method", visible: ALL_METHOD_NAMES });
}

function callGlobal(walker: Walker, call: Call, name: string, args: CallArguments): Value {
  switch (name) {
    case "raise_exception":
      needAll(walker, args, false);
      walker.path.raise();
      return DEFINED;
    case "dict":
    case "namespace":
      return { ...collectionOf([...args.positional, ...args.named.values()]), nonEmpty: false };
    case "cycler":
      return { ...collectionOf(args.positional), nonEmpty: false };
    case "range":
      needAll(walker, args, true);
      for (const value of args.positional) value.shape?.see("number");
      return { ...DEFINED, nonEmpty: isFilledRange(call) };
    default:
      needAll(walker, args, name === "strftime_now");
      return OPAQUE;
  }
}

/** `range(3)`, `range(1, 4)`: literal bounds with a number between them. */
function isFilledRange(call: Call): boolean {
  const bounds = call.args.positional.map((bound) => (bound.kind === "integer" ? Number(bound.value) : NaN));
  const [first = NaN, second = NaN] = bounds;
  if (bounds.length === 1) return first > 0;
  return bounds.length === 2 && first < second;
}

function callMethod(walker: Walker, call: Call, callee: Attribute): Value {
  const receiver = evaluate(walker, callee.object);
  walker.needs(receiver, callee.object);
  const args = evaluateArguments(walker, call.args);
  const { name } = callee;
  if (receiver.callable?.kind === "module")
    return callMember(walker, call, callee, receiver.callable.members, args);
  noteUnknownMethod(walker, callee);
  const evidence = EVIDENCE_OF_METHOD.get(name);
  if (evidence) receiver.shape?.see(evidence);
  if (!evidence && name !== "count" && name !== "index" && name !== "pop") {
    // A macro of an imported template, a field that holds a function: nothing is known of it.
    needAll(walker, args, false);
    return { ...OPAQUE, innerUndefinedWithout: receiver.innerUndefinedWithout };
  }
  if (!METHODS_KEEPING_ARGUMENTS.has(name)) {
    needAll(walker, args, evidence === "string");
    return resultOfMethod(receiver, name);
  }
  for (const value of [...args.positional, ...args.named.values()]) putInto(receiver, value);
  return keptOrPart(call, receiver, name, args);
}

/** `macros.greet(name)`, of a template imported as a whole. */
function callMember(
  walker: Walker,
  call: Call,
  { name, line, column }: Attribute,
  members: ReadonlyMap<string, Value>,
  args: CallArguments,
): Value {
  const member = members.get(name);
  if (member?.callable?.kind === "macro") return followMacro(walker, call, member.callable.macro, args);
  if (!member) {
    const visible = new Set(members.keys());
    walker.unknownCalls.push({ ...walker.place({ line, column }), name, kind: "function", visible });
  }
  needAll(walker, args, false);
  return OPAQUE;
}

function resultOfMethod(receiver: Value, name: string): Value {
  if (name === "values") {
    const shape = receiver.shape ?? null;
    return { ...partOf(receiver, shape), maybeUndefinedWithout: DEFINED.maybeUndefinedWithout };
  }
  return { ...DEFINED, innerUndefinedWithout: receiver.innerUndefinedWithout };
}

/** `dict.get(key, fallback)`: the field, or the fallback, or none. */
function keptOrPart(call: Call, receiver: Value, name: string, args: CallArguments): Value {
  const key = call.args.positional[0];
  const shape = name === "get" && key?.kind === "string" ? (receiver.shape?.field(key.value) ?? null) : null;
  const part = partOf(receiver, shape);
  const fallback = args.positional[1] ?? DEFINED;
  return {
    ...part,
    maybeUndefinedWithout: union(part.maybeUndefinedWithout, fallback.maybeUndefinedWithout),
    innerUndefinedWithout: union(part.innerUndefinedWithout, fallback.innerUndefinedWithout),
  };
}
