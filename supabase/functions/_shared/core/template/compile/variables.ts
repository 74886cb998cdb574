import type { Position } from "../ast/expressions.ts";
import type { Target } from "../ast/statements.ts";
import type { Frame } from "../runtime/context.ts";
import { iterate, tryIterate } from "../values/iteration.ts";
import { Namespace } from "../values/namespace.ts";
import { runtimeError, typeError, valueError } from "../values/python-error.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { type Evaluate, frameAt, type Scope } from "./scope.ts";
import type { Load, Variable } from "./symbols.ts";

/** Reads a name's value. */
export function compileName(name: string, scope: Scope): Evaluate {
  const variable = scope.variable(name);
  const { slot } = variable;
  const distance = scope.distance(variable);
  const missing = (frame: Frame) => frame.rt.undefinedVariable(name, () => namesIn(scope, frame));
  if (distance === 0) {
    return (frame) => {
      const value = frame.slots[slot];
      return value === undefined ? missing(frame) : value;
    };
  }
  return (frame) => {
    const value = frameAt(frame, distance).slots[slot];
    return value === undefined ? missing(frame) : value;
  };
}

/** The names that mean something in a scope: first what the template sets, then what it was given. */
function* namesIn(scope: Scope, frame: Frame): Generator<string> {
  for (const [name] of scope.symbols.visibleStores()) yield name;
  yield* frame.context.names();
}

/** Reads a variable that may be empty. */
export function reader(variable: Variable, scope: Scope): (frame: Frame) => Value | undefined {
  const { slot } = variable;
  const distance = scope.distance(variable);
  return (frame) => frameAt(frame, distance).slots[slot];
}

/** Gives a scope's variables what they hold when it is entered. */
export function compileEnter(scope: Scope): (frame: Frame) => void {
  const steps: ((frame: Frame) => void)[] = [];
  for (const [variable, load] of scope.symbols.loads) {
    const step = compileLoad(variable.slot, load, scope);
    if (step) steps.push(step);
  }
  if (steps.length === 0) return () => {};
  return (frame) => {
    for (const step of steps) step(frame);
  };
}

function compileLoad(slot: number, load: Load, scope: Scope): ((frame: Frame) => void) | undefined {
  switch (load.kind) {
    case "parameter":
      return undefined;
    case "undefined":
      return (frame) => {
        frame.slots[slot] = undefined;
      };
    case "resolve":
      return (frame) => {
        frame.slots[slot] = frame.context.resolve(load.name);
      };
    case "alias": {
      const read = reader(load.source, scope);
      return (frame) => {
        frame.slots[slot] = read(frame);
      };
    }
  }
}

export type Assign = (frame: Frame, value: Value) => void;

/** Assigns to a target, which may take a value apart. */
export function compileTarget(target: Target, scope: Scope): Assign {
  switch (target.kind) {
    case "name":
      return compileNameTarget(target.name, scope);
    case "namespace":
      return compileNamespaceTarget(target.name, target.attribute, target, scope);
    case "tuple": {
      const parts = target.items.map((item) => compileTarget(item, scope));
      return (frame, value) => {
        frame.rt.at = target;
        const values = unpack(value, parts.length, frame);
        parts.forEach((assign, index) => {
          assign(frame, values[index] as Value);
        });
      };
    }
  }
}

function compileNameTarget(name: string, scope: Scope): Assign {
  const { slot } = scope.variable(name);
  return (frame, value) => {
    frame.slots[slot] = value;
  };
}

function compileNamespaceTarget(name: string, attribute: string, place: Position, scope: Scope): Assign {
  const read = compileName(name, scope);
  return (frame, value) => {
    const namespace = read(frame);
    frame.rt.at = place;
    if (!(namespace instanceof Namespace))
      throw runtimeError("cannot assign attribute on non-namespace object");
    namespace.set(attribute, value);
  };
}

function unpack(value: Value, size: number, frame: Frame): Value[] {
  if (!tryIterate(value, frame.rt)) throw typeError(`cannot unpack non-iterable ${typeName(value)} object`);
  const iterator = iterate(value, frame.rt);
  const values: Value[] = [];
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    if (values.length === size) throw valueError(`too many values to unpack (expected ${size})`);
    values.push(next.value);
  }
  if (values.length < size) {
    throw valueError(`not enough values to unpack (expected ${size}, got ${values.length})`);
  }
  return values;
}

/** The names a target gives values to. */
export function targetNames(target: Target): string[] {
  if (target.kind === "name") return [target.name];
  return target.kind === "tuple" ? target.items.flatMap(targetNames) : [];
}
