import { Float, floatText } from "./values/float.ts";

/**
 * The JSON that `parseJson` reads back alike: floats stay floats, integers have all their digits, maps their order.
 * Everything else is written as `JSON.stringify` would.
 *
 * @param indent what each level is moved in by; without it, all is one line
 */
export function writeJson(value: unknown, indent = ""): string {
  return written(value, indent, indent === "" ? "" : "\n");
}

function written(value: unknown, indent: string, line: string): string {
  if (value instanceof Float) return floatJson(value.value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = line + indent;
  const colon = indent === "" ? ":" : ": ";
  const items = Array.isArray(value)
    ? value.map((item) => written(item, indent, inner))
    : membersOf(value).map(([key, item]) => JSON.stringify(key) + colon + written(item, indent, inner));
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (items.length === 0) return `${open}${close}`;
  return `${open}${inner}${items.join(`,${inner}`)}${line}${close}`;
}

function membersOf(value: object): [string, unknown][] {
  if (value instanceof Map) return [...value];
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

/** JSON knows no infinity, but a number so large that it is read as one. */
function floatJson(value: number): string {
  if (Number.isFinite(value)) return floatText(value);
  return value > 0 ? "1e999" : "-1e999";
}
