import { type CallArguments, callNative, type Native } from "../runtime/native.ts";
import type { NativeTable } from "../runtime/native-table.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { typeError } from "./python-error.ts";
import type { TextWriter } from "./text.ts";
import { typeName } from "./type-name.ts";
import { Undefined } from "./undefined.ts";
import { TemplateObject, type Value } from "./value.ts";

/** A value that templates can call. */
export abstract class Callable extends TemplateObject {
  abstract call(rt: Runtime, args: CallArguments): Value;
}

/** `value(…)` */
export function callValue(value: Value, rt: Runtime, args: CallArguments): Value {
  if (value instanceof Callable) return value.call(rt, args);
  if (value instanceof Undefined) throw value.error();
  throw typeError(`'${typeName(value)}' object is not callable`);
}

/** A global function such as `range`. */
export class GlobalFunction extends Callable {
  readonly typeName: string;
  private readonly name: string;
  private readonly table: NativeTable<null>;
  private readonly shown: string | undefined;

  /**
   * @param table where the function is, when it is called
   * @param shown its `repr`, where it has one without an address
   */
  constructor(name: string, table: NativeTable<null>, typeName: string, shown?: string) {
    super();
    this.name = name;
    this.table = table;
    this.typeName = typeName;
    this.shown = shown;
  }

  override call(rt: Runtime, args: CallArguments): Value {
    return callNative(this.table.get(this.name) as Native<null>, rt, null, args);
  }

  override represent(out: TextWriter): void {
    const { name } = this;
    if (this.shown === undefined) out.address(`the function \`${name}\``, `call it: \`${name}(…)\``);
    out.add(this.shown);
  }
}

/** A method taken from its object without being called at once. */
export class BoundMethod<Self extends Value = Value> extends Callable {
  readonly typeName = "builtin_function_or_method";
  private readonly self: Self;
  private readonly entry: Native<Self>;

  constructor(self: Self, entry: Native<Self>) {
    super();
    this.self = self;
    this.entry = entry;
  }

  override call(rt: Runtime, args: CallArguments): Value {
    return callNative(this.entry, rt, this.self, args);
  }

  override represent(out: TextWriter): void {
    out.address(`the method \`${this.entry.name}\``, `call it: \`${this.entry.name}(…)\``);
  }
}
