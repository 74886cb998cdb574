import { methodNames, methodOf, unsupportedAttribute } from "../methods/method-tables.ts";
import { part } from "../parts/parts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { BoundMethod } from "../values/callable.ts";
import { Dict } from "../values/dict.ts";
import { Float } from "../values/float.ts";
import { Markup } from "../values/markup.ts";
import { asInteger, numberAttribute } from "../values/numbers.ts";
import { notSupported, PythonError } from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { repr } from "../values/text.ts";
import { Tuple } from "../values/tuple.ts";
import { objectName, typeName } from "../values/type-name.ts";
import { TemplateObject, type Value } from "../values/value.ts";

/** `value.name`: an attribute of Python first, then an item of that name. */
export function getAttribute(value: Value, name: string, rt: Runtime): Value {
  const attribute = attributeOf(value, name, rt);
  if (attribute !== undefined) return attribute;
  const item = itemOf(value, name, rt);
  return item === undefined ? missing(value, name, rt) : item;
}

/** `value[key]`: an item first, then, for a text, an attribute of that name. */
export function getItem(value: Value, key: Value, rt: Runtime): Value {
  const found = itemOf(value, key, rt);
  if (found !== undefined) return found;
  const name = key instanceof Markup ? key.text : key;
  const attribute = typeof name === "string" ? attributeOf(value, name, rt) : undefined;
  return attribute === undefined ? missing(value, key, rt) : attribute;
}

/** Whether Python finds an attribute of that name, whatever items there are. */
export function attributeOf(value: Value, name: string, rt: Runtime): Value | undefined {
  if (name.startsWith("_") && !(value instanceof TemplateObject && value.typeName === "Namespace")) {
    return part("privateNames").privateAttribute(value, name, rt);
  }
  const method = methodOf(value, name);
  if (method) return new BoundMethod(value, method);
  const attribute = dataAttribute(value, name, rt);
  if (attribute === undefined && unsupportedAttribute(value, name)) {
    throw notSupported(`'${typeName(value)}.${name}' is not supported.`);
  }
  return attribute;
}

function dataAttribute(value: Value, name: string, rt: Runtime): Value | undefined {
  return value instanceof TemplateObject && !(value instanceof Float)
    ? value.attribute(name, rt)
    : numberAttribute(value, name);
}

/** `value[key]`, or undefined where Python raises a LookupError or TypeError. */
export function itemOf(value: Value, key: Value, rt: Runtime): Value | undefined {
  if (Array.isArray(value)) return at(value, key);
  if (value instanceof Dict) return dictItem(value, key, rt);
  if (typeof value === "string") return characterAt(value, key, rt);
  if (value instanceof Markup) {
    const character = characterAt(value.text, key, rt);
    return character === undefined ? undefined : new Markup(character);
  }
  if (value instanceof Tuple) return at(value.items, key);
  if (value instanceof Range) {
    const index = indexWithin(value.size, key);
    return index === undefined ? undefined : value.at(index);
  }
  return value instanceof TemplateObject ? value.item(key, rt) : undefined;
}

function dictItem(dict: Dict, key: Value, rt: Runtime): Value | undefined {
  try {
    return dict.item(key, rt);
  } catch (error) {
    // A list or dict cannot be a key, so nothing is there.
    if (error instanceof PythonError && error.code === "type_error") return undefined;
    throw error;
  }
}

function at(items: readonly Value[], key: Value): Value | undefined {
  const index = indexWithin(items.length, key);
  return index === undefined ? undefined : items[index];
}

function indexWithin(length: number, key: Value): number | undefined {
  const index = Number(asInteger(key) ?? Number.NaN);
  const positive = index < 0 ? index + length : index;
  return positive >= 0 && positive < length ? positive : undefined;
}

function characterAt(text: string, key: Value, rt: Runtime): string | undefined {
  if (asInteger(key) === undefined) return undefined;
  rt.meter.walkText(text.length);
  const index = indexWithin(pythonLength(text), key);
  return index === undefined ? undefined : sliceCodePoints(text, index, index + 1);
}

function missing(value: Value, key: Value, rt: Runtime): Value {
  const attribute = typeof key === "string";
  const advice = () => (attribute ? didYouMean(key, attributeNames(value)) : undefined);
  return rt.undefined({ owner: objectName(value), name: repr(key, rt), attribute, advice });
}

/** Names an author may reach for in a value. */
function* attributeNames(value: Value): Generator<string> {
  if (value instanceof Dict) for (const key of value.keys()) if (typeof key === "string") yield key;
  if (value instanceof TemplateObject) yield* value.attributeNames();
  yield* methodNames(typeName(value));
}
