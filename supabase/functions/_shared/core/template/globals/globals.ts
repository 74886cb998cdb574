import { native } from "../runtime/native.ts";
import { NativeTable } from "../runtime/native-table.ts";
import { GlobalFunction } from "../values/callable.ts";
import { toIndex } from "../values/conversions.ts";
import { budgetError, overflowError, PythonError, valueError } from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { str } from "../values/text.ts";
import type { Value } from "../values/value.ts";

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

const FUNCTIONS = new NativeTable<null>(
  [
    native("range", "start, stop=, step=, /", (_rt, _self, start = null, stop, step) =>
      makeRange(start, stop, step),
    ),
    native("raise_exception", "message", (rt, _self, message = null) => {
      throw new PythonError("raised", str(message, rt));
    }),
  ],
  { seldomGlobals: "cycler dict joiner lipsum namespace strftime_now" },
);

function type(name: string, shown: string): [string, Value] {
  return [name, new GlobalFunction(name, FUNCTIONS, "type", `<class '${shown}'>`)];
}

function plain(name: string): [string, Value] {
  return [name, new GlobalFunction(name, FUNCTIONS, "function")];
}

/** The functions every template knows. They hold no state, so all renders share them. */
const STANDARD: ReadonlyMap<string, Value> = new Map([
  plain("range"),
  type("dict", "dict"),
  plain("lipsum"),
  type("cycler", "jinja2.utils.Cycler"),
  type("joiner", "jinja2.utils.Joiner"),
  type("namespace", "jinja2.utils.Namespace"),
]);

/** What chat templates expect beside them: `raise_exception`, and `strftime_now` where there is a clock. */
const CHAT: ReadonlyMap<string, Value> = new Map([...STANDARD, plain("raise_exception")]);
const CHAT_WITH_CLOCK: ReadonlyMap<string, Value> = new Map([...CHAT, plain("strftime_now")]);

/** The global functions for a render. */
export function globalsFor(chat: boolean, clock: boolean): ReadonlyMap<string, Value> {
  if (!chat) return STANDARD;
  return clock ? CHAT_WITH_CLOCK : CHAT;
}

/** Names of all global functions, for linting and completion. */
export const GLOBAL_NAMES: readonly string[] = [...CHAT_WITH_CLOCK.keys()];
