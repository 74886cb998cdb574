import type { Runtime } from "../runtime/runtime.ts";
import { quote } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

/** Attributes every Python object has; the sandbox lets none of them be reached. */
const UNSAFE =
  /^__(class|doc|dict|init|new|repr|str|eq|ne|lt|le|gt|ge|hash|format|dir|sizeof|reduce|reduce_ex|getattribute|setattr|delattr|init_subclass|subclasshook|module|getattr|len|iter|contains|getitem|call|code|globals|self|func|name|qualname)__$/;

/** What an attribute is whose name begins with an underscore: nothing, and for those above not even asked for. */
export function privateAttribute(value: Value, name: string, rt: Runtime): Value | undefined {
  if (value instanceof Undefined) throw value.error();
  if (!UNSAFE.test(name)) return undefined;
  const hint = `access to attribute ${quote(name)} of '${typeName(value)}' object is unsafe.`;
  return rt.undefined({ hint, unsafe: true });
}
