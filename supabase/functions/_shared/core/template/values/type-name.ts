import type { Value } from "./value.ts";

/** `type(value).__name__` */
export function typeName(value: Value): string {
  switch (typeof value) {
    case "string":
      return "str";
    case "number":
    case "bigint":
      return "int";
    case "boolean":
      return "bool";
    default:
      if (value === null) return "NoneType";
      return Array.isArray(value) ? "list" : value.typeName;
  }
}

const MODULES: Record<string, string> = {
  Undefined: "jinja2.runtime",
  StrictUndefined: "jinja2.runtime",
  LoopContext: "jinja2.runtime",
  Macro: "jinja2.runtime",
  BlockReference: "jinja2.runtime",
  TemplateReference: "jinja2.runtime",
  TemplateModule: "jinja2.environment",
  Namespace: "jinja2.utils",
  Cycler: "jinja2.utils",
  Joiner: "jinja2.utils",
  Markup: "markupsafe",
};

/** How Jinja2 calls an object in messages: `'dict object' has no attribute …`. */
export function objectName(value: Value): string {
  if (value === null) return "None";
  const name = typeName(value);
  const module = Object.hasOwn(MODULES, name) ? `${MODULES[name]}.` : "";
  return `${module}${name} object`;
}
