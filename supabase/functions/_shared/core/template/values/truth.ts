import type { Runtime } from "../runtime/runtime.ts";
import type { Value } from "./value.ts";

/** `bool(value)` */
export function isTrue(value: Value, rt: Runtime): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value !== "";
    case "number":
      return value !== 0;
    case "bigint":
      return true;
    default:
      if (value === null) return false;
      return Array.isArray(value) ? value.length > 0 : value.isTrue(rt);
  }
}
