import type { Runtime } from "../runtime/runtime.ts";
import { Tuple } from "./tuple.ts";
import type { Value } from "./value.ts";

/** What `groupby` answers per group: a tuple whose two items also have names. */
export class Group extends Tuple {
  override attribute(name: string, _rt: Runtime): Value | undefined {
    if (name === "grouper") return this.items[0];
    return name === "list" ? this.items[1] : undefined;
  }
}
