import { Callable } from "../values/callable.ts";
import { Markup } from "../values/markup.ts";
import type { TextWriter } from "../values/text.ts";
import { TemplateObject, type Value } from "../values/value.ts";
import type { BlockBody, Context } from "./context.ts";
import type { CallArguments } from "./native.ts";
import type { Runtime } from "./runtime.ts";

/** A block that can be printed: `self.name()` or `super()`. */
class BlockReference extends Callable {
  readonly typeName = "BlockReference";
  private readonly name: string;
  private readonly context: Context;
  private readonly stack: readonly BlockBody[];
  private readonly depth: number;

  constructor(name: string, context: Context, stack: readonly BlockBody[], depth: number) {
    super();
    this.name = name;
    this.context = context;
    this.stack = stack;
    this.depth = depth;
  }

  override call(rt: Runtime, _args: CallArguments): Value {
    const body = this.stack[this.depth];
    rt.meter.enter();
    const text = rt.output.capture(() => body?.(rt, this.context));
    rt.meter.leave();
    return rt.autoescape ? new Markup(text) : text;
  }

  override attribute(name: string, rt: Runtime): Value | undefined {
    if (name !== "super") return undefined;
    return parentBlock(this.name, this.context, this.stack, this.depth, rt);
  }

  override represent(out: TextWriter): void {
    out.address("a block", "call it");
  }
}

/** The same block one template further up. */
export function parentBlock(
  name: string,
  context: Context,
  stack: readonly BlockBody[],
  depth: number,
  rt: Runtime,
): Value {
  if (depth + 1 < stack.length) return new BlockReference(name, context, stack, depth + 1);
  return rt.undefined({ hint: `there is no parent block called '${name}'.` });
}

/** `self`: the template's own blocks. */
export class TemplateReference extends TemplateObject {
  readonly typeName = "TemplateReference";
  private readonly context: Context;

  constructor(context: Context) {
    super();
    this.context = context;
  }

  override item(key: Value): Value | undefined {
    const stack = typeof key === "string" ? this.context.blocks.get(key) : undefined;
    return stack ? new BlockReference(String(key), this.context, stack, 0) : undefined;
  }

  override represent(out: TextWriter): void {
    out.add("<TemplateReference None>");
  }
}

/** What `{% import %}` answers: the names another template provides, and its text. */
export class TemplateModule extends TemplateObject {
  readonly typeName = "TemplateModule";
  private readonly exports: ReadonlyMap<string, Value>;
  private readonly text: string;
  private readonly name: string;

  constructor(name: string, exports: ReadonlyMap<string, Value>, text: string) {
    super();
    this.name = name;
    this.exports = exports;
    this.text = text;
  }

  override attribute(name: string): Value | undefined {
    return this.exports.get(name);
  }

  override attributeNames(): Iterable<string> {
    return this.exports.keys();
  }

  override toText(): string {
    return this.text;
  }

  override represent(out: TextWriter): void {
    out.add(`<TemplateModule '${this.name}'>`);
  }
}
