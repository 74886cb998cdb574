import type { TextWriter } from "./text.ts";
import { TemplateObject, type Value } from "./value.ts";

/** What `namespace(…)` answers: the one object whose attributes `{% set %}` can change. */
export class Namespace extends TemplateObject {
  readonly typeName = "Namespace";
  private readonly attributes = new Map<string, Value>();

  override attribute(name: string): Value | undefined {
    return this.attributes.get(name);
  }

  override attributeNames(): Iterable<string> {
    return this.attributes.keys();
  }

  set(name: string, value: Value): void {
    this.attributes.set(name, value);
  }

  override represent(out: TextWriter): void {
    out.add("<Namespace ");
    out.mapping("{", this.attributes, "}", this);
    out.add(">");
  }
}
