import { type Native, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { GlobalFunction } from "../values/callable.ts";
import { toIndex, toSize } from "../values/conversions.ts";
import { Cycler, Joiner } from "../values/cycler.ts";
import { Dict } from "../values/dict.ts";
import { updateDict } from "../values/dict-building.ts";
import { Namespace } from "../values/namespace.ts";
import {
  budgetError,
  overflowError,
  PythonError,
  runtimeError,
  typeError,
  valueError,
} from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { str } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { loremIpsum } from "./lorem-ipsum.ts";
import { strftime } from "./strftime.ts";

/** Python's sandbox refuses longer ranges too. */
const MAX_RANGE = 100_000;

function makeRange(first: Value, second: Value | undefined, third: Value | undefined): Range {
  const [start, stop] = second === undefined ? [0, toBound(first)] : [toBound(first), toBound(second)];
  const step = third === undefined ? 1 : toBound(third);
  if (step === 0) throw valueError("range() arg 3 must not be zero");
  const range = new Range(start, stop, step);
  if (range.size > MAX_RANGE) {
    throw budgetError(
      "steps",
      `A range of more than ${MAX_RANGE} numbers takes more steps than rendering may.`,
    );
  }
  return range;
}

function toBound(value: Value): number {
  const index = toIndex(value);
  if (typeof index === "bigint") throw overflowError("range() bounds are too large");
  return index;
}

function makeNamespace(rt: Runtime, args: Parameters<typeof updateDict>[2]): Namespace {
  const attributes = new Dict();
  updateDict(attributes, "dict", args, rt);
  const namespace = new Namespace();
  for (const [name, value] of attributes.entries()) namespace.set(str(name, rt), value);
  return namespace;
}

const RANGE = native<null>("range", "start, stop=, step=, /", (_rt, _self, start = null, stop, step) =>
  makeRange(start, stop, step),
);

const DICT = variadic<null>("dict", (rt, _self, args) => {
  const dict = new Dict();
  updateDict(dict, "dict", args, rt);
  return dict;
});

const NAMESPACE = variadic<null>("namespace", (rt, _self, args) => makeNamespace(rt, args));

const CYCLER = variadic<null>("cycler", (_rt, _self, { positional, named }) => {
  if (named?.size) throw typeError("Cycler.__init__() takes no keyword arguments");
  if (positional.length === 0) throw runtimeError("at least one item has to be provided");
  return new Cycler(positional);
});

const JOINER = native<null>("joiner", "sep=", (_rt, _self, separator = ", ") => new Joiner(separator));

const LIPSUM = native<null>(
  "lipsum",
  "n=, html=, min=, max=",
  (rt, _self, n = 5, html = true, min = 20, max = 100) =>
    loremIpsum(rt, toSize(n), html, toSize(min), toSize(max)),
);

const RAISE_EXCEPTION = native<null>("raise_exception", "message", (rt, _self, message = null) => {
  throw new PythonError("raised", str(message, rt));
});

const STRFTIME_NOW = native<null>("strftime_now", "format", (rt, _self, format = null) =>
  strftime(rt, rt.options.now?.() ?? new Date(0), str(format, rt)),
);

function type(entry: Native<null>, name: string): [string, Value] {
  return [entry.name, new GlobalFunction(entry, "type", `<class '${name}'>`)];
}

function plain(entry: Native<null>): [string, Value] {
  return [entry.name, new GlobalFunction(entry, "function")];
}

/** The functions every template knows. They hold no state, so all renders share them. */
const STANDARD: ReadonlyMap<string, Value> = new Map([
  plain(RANGE),
  type(DICT, "dict"),
  plain(LIPSUM),
  type(CYCLER, "jinja2.utils.Cycler"),
  type(JOINER, "jinja2.utils.Joiner"),
  type(NAMESPACE, "jinja2.utils.Namespace"),
]);

/** What chat templates expect beside them: `raise_exception`, and `strftime_now` where there is a clock. */
const CHAT: ReadonlyMap<string, Value> = new Map([...STANDARD, plain(RAISE_EXCEPTION)]);
const CHAT_WITH_CLOCK: ReadonlyMap<string, Value> = new Map([...CHAT, plain(STRFTIME_NOW)]);

/** The global functions for a render. */
export function globalsFor(chat: boolean, clock: boolean): ReadonlyMap<string, Value> {
  if (!chat) return STANDARD;
  return clock ? CHAT_WITH_CLOCK : CHAT;
}

/** Names of all global functions, for linting and completion. */
export const GLOBAL_NAMES: readonly string[] = [...CHAT_WITH_CLOCK.keys()];
