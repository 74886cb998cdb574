import { fc } from "../../../../../../tests/support/fast-check.ts";
import { filterArbitrary } from "./filters.ts";
import { callArbitrary, testArbitrary } from "./tests-and-calls.ts";
import { pick, seq, type Text } from "./text-arbitraries.ts";

/*
 * Random expressions. They are valid Jinja2 more often than not, mix types on purpose, and are built of
 * small parts so that a difference shrinks to something readable.
 */

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

/** Any expression. */
export const expression: Text = any as Text;
