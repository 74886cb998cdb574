/** How a language writes JSON data down. Numbers are alike in all nine; texts are, but for what they interpolate. */
export type Dialect = {
  object: (pairs: [name: string, value: string][]) => string;
  list: (items: string[]) => string;
  text?: (value: string) => string;
  true?: string;
  false?: string;
  null?: string;
};

const quoted = (text: string) => JSON.stringify(text);

/** A value of JSON as a literal of the language. */
export function literal(value: unknown, dialect: Dialect): string {
  const text = dialect.text ?? quoted;
  if (typeof value === "string") return text(value);
  if (typeof value === "boolean") return dialect[`${value}`] ?? String(value);
  if (Array.isArray(value)) return dialect.list(value.map((item) => literal(item, dialect)));
  if (typeof value === "object" && value !== null) {
    return dialect.object(
      Object.entries(value).map(([name, inner]) => [text(name), literal(inner, dialect)]),
    );
  }
  return value === null || value === undefined ? (dialect.null ?? "null") : JSON.stringify(value);
}

type Around = [open: string, arrow: string, close: string];

const joined = ([open, arrow, close]: Around) => {
  return (pairs: [string, string][]) =>
    `${open}${pairs.map(([name, value]) => `${name}${arrow}${value}`).join(", ")}${close}`;
};
const listed = (open: string, close: string) => (items: string[]) => `${open}${items.join(", ")}${close}`;

const unquotedName = ([name, value]: [string, string]): [string, string] => [
  /^"[A-Za-z_$][\w$]*"$/.test(name) ? name.slice(1, -1) : name,
  value,
];

const brackets = listed("[", "]");

export const dialects = {
  python: {
    object: joined(["{", ": ", "}"]),
    list: brackets,
    true: "True",
    false: "False",
    null: "None",
  },
  javascript: {
    object: (pairs) => (pairs.length ? joined(["{ ", ": ", " }"])(pairs.map(unquotedName)) : "{}"),
    list: brackets,
  },
  go: { object: joined(["map[string]any{", ": ", "}"]), list: listed("[]any{", "}"), null: "nil" },
  // "#{…}" would be evaluated.
  ruby: {
    object: joined(["{", " => ", "}"]),
    list: brackets,
    text: (text) => quoted(text).replaceAll("#", "\\#"),
    null: "nil",
  },
  // Map.of ends at ten pairs.
  java: {
    object: (pairs) =>
      pairs.length > 10
        ? `Map.ofEntries(${pairs.map(([name, value]) => `Map.entry(${name}, ${value})`).join(", ")})`
        : `Map.of(${pairs.flat().join(", ")})`,
    list: listed("List.of(", ")"),
    null: "JsonNull.of()",
  },
  csharp: {
    object: (pairs) =>
      `new Dictionary<string, object?> { ${pairs.map(([name, value]) => `[${name}] = ${value}`).join(", ")} }`,
    list: listed("new object?[] { ", " }"),
  },
  // "$…" would be a variable, and an empty array would be sent as a list.
  php: {
    object: (pairs) => (pairs.length ? joined(["[", " => ", "]"])(pairs) : "(object) []"),
    list: brackets,
    text: (text) => quoted(text).replaceAll("$", "\\$"),
  },
} as const satisfies Record<string, Dialect>;
