/*
 * What Python, JavaScript, Liquid and Twig call things that Jinja2 calls something else. A name that is merely close
 * ("date" and "abs") would be a worse answer than none.
 */

/** Another language's name: what to write instead, and whether it may simply be put there. */
export interface OtherName {
  readonly instead: string;
  readonly replaces: boolean;
}

export type NameKind = "filter" | "test" | "function" | "method";

const NEW_NAMES: Record<Exclude<NameKind, "function">, string> = {
  filter:
    "json:tojson to_json:tojson json_encode:tojson dump:tojson strip:trim len:length size:length str:string " +
    "uppercase:upper upcase:upper lowercase:lower downcase:lower titlecase:title capitalise:capitalize " +
    "array:list number:float integer:int pluck:map where:selectattr default_if_none:default",
  test:
    "null:none nil:none undef:undefined array:sequence list:sequence dict:mapping object:mapping hash:mapping " +
    "str:string text:string int:integer numeric:number bool:boolean lowercase:lower uppercase:upper",
  method:
    "toUpperCase:upper toLowerCase:lower trim:strip trimStart:lstrip trimEnd:rstrip startsWith:startswith " +
    "endsWith:endswith indexOf:find push:append replaceAll:replace",
};

const SAID: Record<NameKind, Readonly<Record<string, string>>> = {
  filter: {
    date: "Format it before it is sent; {{ strftime_now('%Y-%m-%d') }} is the date of the request.",
    strftime: "Format it before it is sent; {{ strftime_now('%Y-%m-%d') }} is the date of the request.",
    fromjson: "Send the value itself: variables are JSON already.",
    from_json: "Send the value itself: variables are JSON already.",
    split: "Write x.split(', ').",
    append: "Write x ~ 'text'.",
    prepend: "Write 'text' ~ x.",
    concat: "Write x ~ y.",
    contains: "Write y in x.",
    sort_by: "Write xs | sort(attribute='name').",
    bool: "Write x == 'true', or send a boolean.",
    boolean: "Write x == 'true', or send a boolean.",
  },
  test: {
    empty: "Write {% if not x %}.",
    blank: "Write {% if not x %}.",
    present: "Write {% if x %}.",
    contains: "Write {% if y in x %}.",
  },
  function: {
    len: "Write xs | length.",
    str: "Write x | string.",
    int: "Write x | int.",
    float: "Write x | float.",
    list: "Write xs | list.",
    sum: "Write xs | sum.",
    min: "Write xs | min.",
    max: "Write xs | max.",
    abs: "Write x | abs.",
    round: "Write x | round.",
    sorted: "Write xs | sort.",
    reversed: "Write xs | reverse.",
    upper: "Write x | upper.",
    lower: "Write x | lower.",
    format: "Write '%s and %s' | format(x, y).",
    print: "Write {{ x }}.",
    enumerate: "Use loop.index in the loop.",
    now: "Write strftime_now('%Y-%m-%d').",
    today: "Write strftime_now('%Y-%m-%d').",
    date: "Write strftime_now('%Y-%m-%d').",
    tojson: "Write x | tojson.",
    json: "Write x | tojson.",
    default: "Write x | default('…').",
    include: "Write {% include 'name' %}.",
    defined: "Write x is defined.",
  },
  method: {
    length: "Write xs | length.",
    size: "Write xs | length.",
    includes: "Write y in xs.",
    contains: "Write y in xs.",
    map: "Write xs | map(attribute='name').",
    filter: "Write xs | selectattr('name').",
    reverse: "Write xs | reverse.",
    slice: "Write x[1:3].",
    substring: "Write x[1:3].",
    toString: "Write x | string.",
    toFixed: "Write x | round(2).",
    toJSON: "Write x | tojson.",
  },
};

/** By kind: another language's name, and Jinja2's for the very same. */
export const RENAMED: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(NEW_NAMES).map(([kind, pairs]) => [
    kind,
    new Map(pairs.split(" ").map((pair) => pair.split(":") as [string, string])),
  ]),
);

/** What Jinja2 calls it, where another language's name is known. */
export function otherName(kind: NameKind, name: string): OtherName | null {
  const instead = RENAMED.get(kind)?.get(name);
  if (instead !== undefined) return { instead, replaces: true };
  return Object.hasOwn(SAID[kind], name) ? { instead: SAID[kind][name] ?? "", replaces: false } : null;
}
