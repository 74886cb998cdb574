import fc from "fast-check";

/*
 * Random expressions. They are valid Jinja2 more often than not, mix types on purpose, and are built of
 * small parts so that a difference shrinks to something readable.
 */

export type Text = fc.Arbitrary<string>;

const pick = (...items: string[]): Text => fc.constantFrom(...items);
/** Joins arbitraries and plain texts. */
export function seq(...parts: (Text | string)[]): Text {
  const all = parts.map((part) => (typeof part === "string" ? fc.constant(part) : part));
  return fc.tuple(...all).map((texts) => texts.join(""));
}

const integer = pick("0", "1", "2", "3", "7", "-1", "-2", "10", "100", "255", "1_000", "0x1f", "2**64", "-5");
const float = pick(
  "0.0",
  "1.0",
  "0.5",
  "2.5",
  "-1.5",
  "3.14159",
  "1e3",
  "1e16",
  "1e-7",
  "2.675",
  "100.125",
  "-0.0",
);
const word = pick(
  "''",
  "'a'",
  "'abc'",
  "'Hello World'",
  "'hello-world foo'",
  "'  pad  '",
  "'a,b,,c'",
  "'line1\\nline2\\n'",
  "'UPPER'",
  "'42'",
  "'3.7'",
  "' 12 '",
  "'0x1f'",
  "'1e3'",
  "'nan'",
  "'héllo ß'",
  "'😀x'",
  "'<b>&amp;</b>'",
  '"it\'s"',
  "'\"q\"'",
  "'%s'",
  "'%d|%5.1f'",
  "'{} {}'",
  "'{0:>6}'",
  "'\\t tab'",
  "'ǆ Σ'",
  "'a b c d e f'",
  "'x' * 12",
  "'tést'",
);
const variable = pick(
  "i",
  "f",
  "s",
  "u",
  "l",
  "d",
  "n",
  "t",
  "e",
  "users",
  "nested",
  "missing",
  "words",
  "mixed",
  "big",
  "z",
);

const { any } = fc.letrec<Record<string, string>>((tie) => {
  const child = tie("any");
  const small = fc.oneof({ maxDepth: 2, withCrossShrink: true }, tie("leaf"), tie("leaf"), child);
  return {
    leaf: fc.oneof(integer, float, word, variable, variable, pick("none", "true", "false", "[]", "{}", "()")),
    display: fc.oneof(
      fc.array(small, { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
      fc.array(small, { maxLength: 3 }).map((items) => `(${items.map((item) => `${item}, `).join("")})`),
      fc.array(fc.tuple(tie("key"), small), { maxLength: 3 }).map((entries) => {
        return `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`;
      }),
    ),
    key: fc.oneof(word, integer, pick("none", "true", "1.0", "(1, 2)")),
    binary: seq("(", small, pick(" + ", " - ", " * ", " / ", " // ", " % ", " ~ "), small, ")"),
    compare: seq(
      "(",
      small,
      pick(" == ", " != ", " < ", " <= ", " > ", " >= ", " in ", " not in "),
      small,
      ")",
    ),
    chain: seq("(", small, pick(" < ", " == ", " <= "), small, pick(" < ", " != ", " >= "), small, ")"),
    logic: seq("(", small, pick(" and ", " or "), small, ")"),
    // Exponents stay small: Python would compute for hours what this engine refuses.
    power: seq("(", tie("leaf"), " ** ", pick("0", "1", "2", "3", "-1", "-2", "0.5", "2.0", "n", "t"), ")"),
    unary: seq("(", pick("not ", "-", "+"), small, ")"),
    conditional: fc.oneof(
      seq("(", small, " if ", small, " else ", small, ")"),
      seq("(", small, " if ", small, ")"),
    ),
    look: fc.oneof(
      seq(
        small,
        pick(
          ".a",
          ".b",
          ".name",
          ".items",
          ".0",
          "[0]",
          "[-1]",
          "['a']",
          "['name']",
          "[1.0]",
          "[none]",
          ".x.y",
        ),
      ),
      seq(small, "[", pick("", "0", "1", "-1", "-3", "none"), ":", pick("", "1", "-1", "5", "none"), "]"),
      seq(small, "[", pick("", "1", "-1"), ":", pick("", "4"), ":", pick("", "1", "2", "-1", "-2"), "]"),
    ),
    filtered: seq(small, tie("filter")),
    twice: seq(small, tie("filter"), tie("filter")),
    tested: seq("(", small, pick(" is ", " is not "), tie("test"), ")"),
    method: seq(small, tie("call")),
    filter: filterArbitrary(small),
    test: testArbitrary(small),
    call: callArbitrary(small),
    any: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      tie("leaf"),
      tie("filtered"),
      tie("filtered"),
      tie("filtered"),
      tie("twice"),
      tie("display"),
      tie("binary"),
      tie("compare"),
      tie("chain"),
      tie("logic"),
      tie("unary"),
      tie("power"),
      tie("conditional"),
      tie("look"),
      tie("tested"),
      tie("method"),
      tie("method"),
      formatted(small),
    ),
  };
});

/** `%` and `format` with random specifications. */
function formatted(small: Text): Text {
  const flags = pick("", "-", "+", " ", "0", "#", "-#", "0+");
  const size = pick("", "1", "5", "8", "12");
  const precision = pick("", ".0", ".1", ".3", ".8");
  const percent = seq(
    "('%",
    flags,
    size,
    precision,
    pick("d", "i", "s", "r", "x", "X", "o", "e", "E", "f", "g", "G", "c", "a", "%"),
    "' % (",
    small,
    ",))",
  );
  const align = pick("", "<", ">", "^", "=", "*<", "_^", "0>", "x=");
  const spec = seq(
    align,
    pick("", "+", "-", " "),
    pick("", "#"),
    pick("", "0"),
    size,
    pick("", ",", "_"),
    precision,
    pick("", "d", "s", "x", "X", "o", "b", "e", "f", "g", "%", "n", "c", "E", "G"),
  );
  return fc.oneof(
    percent,
    seq("'{:", spec, "}'.format(", small, ")"),
    seq("'{0!r:", size, "}{0!s}'.format(", small, ")"),
  );
}

function filterArbitrary(small: Text): Text {
  const plain = pick(
    "abs",
    "capitalize",
    "count",
    "length",
    "dictsort",
    "e",
    "escape",
    "filesizeformat",
    "first",
    "float",
    "forceescape",
    "int",
    "items",
    "last",
    "list",
    "lower",
    "max",
    "min",
    "pprint",
    "reverse",
    "round",
    "safe",
    "sort",
    "string",
    "striptags",
    "sum",
    "title",
    "tojson",
    "trim",
    "truncate",
    "unique",
    "upper",
    "urlencode",
    "urlize",
    "wordcount",
    "wordwrap",
    "xmlattr",
    "join",
    "center",
    "indent",
    "default",
    "batch(2)",
    "slice(2)",
    "select",
    "reject",
  );
  const collected = seq(
    "|",
    pick("unique", "reverse", "batch(2)", "slice(2)", "select", "reject", "items", "map('string')"),
    "|list",
  );
  const argued = fc.oneof(
    seq("default(", small, pick("", ", true", ", boolean=true"), ")"),
    seq(
      "join(",
      pick("', '", "'-'", "''", "1"),
      pick("", ", 'name'", ", attribute='age'", ", attribute=0"),
      ")",
    ),
    seq(
      "replace(",
      pick("'a'", "'l'", "''", "1", "'zz'"),
      ", ",
      pick("'X'", "''", "'<>'", "2"),
      pick("", ", 1", ", count=2", ", 0"),
      ")",
    ),
    seq(
      "truncate(",
      pick("3", "5", "10", "100"),
      pick("", ", true", ", false"),
      pick("", ", end='>'", ", leeway=0"),
      ")",
    ),
    seq("round(", pick("", "0", "1", "2", "-1", "-2"), ")"),
    seq("round(", pick("1", "0", "-1"), ", ", pick("'ceil'", "'floor'", "'common'"), ")"),
    seq("int(", pick("", "5", "default=none", "base=16", "0, 8", "base=0"), ")"),
    seq("float(", pick("", "1.5", "default='x'"), ")"),
    seq("batch(", pick("1", "2", "3"), pick("", ", '-'"), ")|list"),
    seq("slice(", pick("1", "2", "3"), pick("", ", '-'"), ")|list"),
    seq(
      "sort(",
      pick(
        "",
        "true",
        "reverse=true",
        "case_sensitive=true",
        "attribute='name'",
        "attribute='age,name'",
        "false, true",
        "attribute=0",
      ),
      ")",
    ),
    seq(
      "map(",
      pick(
        "'upper'",
        "'length'",
        "'int'",
        "'string'",
        "'first'",
        "attribute='name'",
        "attribute='age', default=0",
        "'default', 'x'",
        "attribute=0",
        "'round', 1",
        "'nope'",
        "attribute='tags.0'",
      ),
      ")|list",
    ),
    seq(
      pick("select", "reject"),
      "(",
      pick("'odd'", "'string'", "'gt', 1", "'in', [1, 'a']", "'defined'", "'none'", "'eq', 1", "'nope'"),
      ")|list",
    ),
    seq(
      pick("selectattr", "rejectattr"),
      "('",
      pick("name", "age", "tags", "missing", "0"),
      "'",
      pick("", ", 'defined'", ", 'eq', 'Bo'", ", 'gt', 26", ", 'in', [25]", ", 'string'"),
      ")|list",
    ),
    seq(
      "groupby('",
      pick("age", "name", "missing", "tags"),
      "'",
      pick("", ", default=0", ", case_sensitive=true"),
      ")|list",
    ),
    seq("unique(", pick("", "true", "attribute='age'", "case_sensitive=true"), ")|list"),
    seq(pick("min", "max"), "(", pick("", "true", "attribute='age'", "attribute='name'"), ")"),
    seq("sum(", pick("", "attribute='age'", "start=10", "'age', 1", "start=[]"), ")"),
    seq("dictsort(", pick("", "true", "by='value'", "false, 'value'", "reverse=true"), ")"),
    seq(
      "indent(",
      pick("", "2", "2, true", "2, true, true", "blank=true", "'> '", "width=1, first=true"),
      ")",
    ),
    seq("center(", pick("", "5", "10", "width=7"), ")"),
    seq("wordwrap(", pick("5", "10", "3, false", "8, wrapstring='|'", "6, true, '/', false"), ")"),
    seq("trim(", pick("", "'a'", "'x '", "chars='Hd'"), ")"),
    seq("tojson(", pick("", "2", "indent=1", "indent=0"), ")"),
    seq("filesizeformat(", pick("", "true"), ")"),
    seq("format(", small, ")"),
    seq("urlize(", pick("5", "10, true", "target='_blank'", "rel='x'"), ")"),
    seq("xmlattr(", pick("", "false"), ")"),
    seq("attr(", pick("'upper'", "'a'", "'name'"), ") is defined"),
  );
  return fc.oneof(seq("|", plain), collected, seq("|", argued));
}

function testArbitrary(small: Text): Text {
  const plain = pick(
    "defined",
    "undefined",
    "none",
    "boolean",
    "true",
    "false",
    "integer",
    "float",
    "number",
    "string",
    "sequence",
    "mapping",
    "iterable",
    "callable",
    "lower",
    "upper",
    "escaped",
    "odd",
    "even",
    "filter",
    "test",
  );
  const argued = seq(
    pick(
      "eq",
      "ne",
      "lt",
      "le",
      "gt",
      "ge",
      "equalto",
      "in",
      "divisibleby",
      "sameas",
      "greaterthan",
      "lessthan",
    ),
    "(",
    small,
    ")",
  );
  return fc.oneof(
    plain,
    argued,
    seq("divisibleby ", pick("2", "3")),
    seq("in ", pick("[1, 'a']", "'abc'", "l", "d")),
  );
}

function callArbitrary(small: Text): Text {
  const text = pick("'a'", "'l'", "' '", "','", "''", "'lo'", "'😀'", "'H'");
  return fc.oneof(
    pick(
      ".upper()",
      ".lower()",
      ".title()",
      ".capitalize()",
      ".swapcase()",
      ".casefold()",
      ".strip()",
      ".lstrip()",
      ".rstrip()",
      ".split()",
      ".rsplit()",
      ".splitlines()",
      ".splitlines(true)",
      ".isalpha()",
      ".isdigit()",
      ".isalnum()",
      ".isspace()",
      ".isupper()",
      ".islower()",
      ".istitle()",
      ".isnumeric()",
      ".isdecimal()",
      ".isidentifier()",
      ".isprintable()",
      ".isascii()",
      ".expandtabs()",
      ".expandtabs(4)",
      ".keys()|list",
      ".values()|list",
      ".items()|list",
      ".copy()",
      ".bit_length()",
      ".is_integer()",
      ".as_integer_ratio()",
      ".conjugate()",
      ".bit_count()",
      ".real",
      ".imag",
      ".numerator",
      ".pop()",
      ".sort()",
      ".reverse()",
      ".clear()",
      ".popitem()",
    ),
    seq(
      pick(".find", ".rfind", ".index", ".count", ".startswith", ".endswith"),
      "(",
      text,
      pick("", ", 1", ", -3", ", 1, 4", ", none, 2"),
      ")",
    ),
    seq(
      pick(".split", ".rsplit"),
      "(",
      pick("none", "' '", "','", "'l'", "sep='a'"),
      pick("", ", 1", ", 2", ", 0", ", maxsplit=1"),
      ")",
    ),
    seq(
      pick(".partition", ".rpartition", ".strip", ".lstrip", ".rstrip", ".removeprefix", ".removesuffix"),
      "(",
      text,
      ")",
    ),
    seq(".replace(", text, ", ", pick("'X'", "''", "'ab'"), pick("", ", 1", ", 0", ", -1"), ")"),
    seq(
      pick(".center", ".ljust", ".rjust"),
      "(",
      pick("3", "8", "11", "20"),
      pick("", ", '*'", ", '→'"),
      ")",
    ),
    seq(".zfill(", pick("3", "8"), ")"),
    seq(".join(", small, ")"),
    seq(".get(", small, pick("", ", 'dflt'"), ")"),
    seq(pick(".index", ".count", ".append", ".remove", ".extend", ".pop"), "(", small, ")"),
    seq(".format(", small, ", ", small, ")"),
    seq(".insert(", pick("0", "1", "-1", "99"), ", 'new')"),
    seq(".update({'k': ", small, "})"),
    seq(".setdefault('a', ", small, ")"),
  );
}

/** Any expression. */
export const expression: Text = any as Text;
