import { fc } from "../../../../../../tests/support/fast-check.ts";
import { expression } from "./expressions.ts";
import { pick, seq, type Text } from "./text-arbitraries.ts";

/** A tag with random whitespace control. */
function tag(inside: Text | string): Text {
  return seq(pick("{% ", "{% ", "{%- ", "{%+ "), inside, pick(" %}", " %}", " -%}", " +%}"));
}

const data = pick(
  "",
  " ",
  "text",
  "\n",
  "  \n  ",
  "a\n",
  "\n  b",
  "x  ",
  "\t",
  "end.\n\n",
  "é ",
  "{ }",
  "%",
  "#",
);
const print = seq(pick("{{ ", "{{- ", "{{"), expression, pick(" }}", " -}}", " }}"));
const name = pick("q", "w", "s", "l", "i", "_p");

const { body } = fc.letrec<Record<string, string>>((tie) => {
  const inner = tie("body");
  return {
    body: fc.array(tie("piece"), { maxLength: 4 }).map((pieces) => pieces.join("")),
    piece: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      data,
      data,
      print,
      print,
      tie("set"),
      tie("set"),
      tie("if"),
      tie("for"),
      tie("for"),
      tie("macro"),
      tie("block"),
      comment(),
    ),
    set: fc.oneof(
      tag(seq("set ", name, " = ", expression)),
      tag(seq("set ", name, ", ", name, " = ", pick("1, 2", "l", "(1, 2)", "d", "'ab'"))),
      seq(tag(seq("set ", name)), inner, tag("endset")),
      seq(
        tag(seq("set ", name, pick("|upper", "|trim", "|length", "|replace('a', 'b')|title"))),
        inner,
        tag("endset"),
      ),
      seq(
        tag("set ns = namespace(c=0)"),
        "{% for k in range(3) %}",
        tag(seq("set ns.c = ns.c + ", pick("1", "k", "loop.index"))),
        "{% endfor %}{{ ns.c }}",
      ),
    ),
    if: fc.oneof(
      seq(tag(seq("if ", expression)), inner, tag("endif")),
      seq(tag(seq("if ", expression)), inner, tag("else"), inner, tag("endif")),
      seq(
        tag(seq("if ", expression)),
        inner,
        tag(seq("elif ", expression)),
        inner,
        tag("else"),
        inner,
        tag("endif"),
      ),
    ),
    for: fc.oneof(
      seq(
        tag(
          seq(
            "for ",
            name,
            " in ",
            pick("l", "words", "range(3)", "'abc'", "d", "users", "[]", "missing", "mixed"),
          ),
        ),
        inner,
        loopUse(),
        tag("endfor"),
      ),
      seq(tag(seq("for ", name, " in ", expression)), inner, loopUse(), tag("else"), inner, tag("endfor")),
      seq(
        tag(seq("for k, v in ", pick("d.items()", "d|dictsort", "[(1, 2), (3, 4)]", "users|groupby('age')"))),
        "{{ k }}",
        inner,
        loopUse(),
        tag("endfor"),
      ),
      seq(
        tag(seq("for ", name, " in ", pick("l", "range(6)", "mixed"), " if ", expression)),
        inner,
        loopUse(),
        tag("endfor"),
      ),
      seq(
        tag(seq("for ", name, " in [1, 2, 3]")),
        "{% if loop.index == 2 %}",
        tag(pick("break", "continue")),
        "{% endif %}",
        inner,
        tag("endfor"),
      ),
      seq(
        tag(seq("for q in ", pick("[1, [2, 3]]", "[[], [4]]"), " recursive")),
        "{{ loop.depth }}{% if q is iterable %}({{ loop(q) }}){% else %}{{ q }}{% endif %}",
        tag("endfor"),
      ),
    ),
    macro: fc.oneof(
      seq(
        tag("macro m(a, b=2)"),
        "[{{ a }}|{{ b }}]",
        inner,
        tag("endmacro"),
        pick(
          "{{ m() }}",
          "{{ m(1) }}",
          "{{ m(1, b=i) }}",
          "{{ m(b=1, a=s) }}",
          "{{ m(1, 2, 3) }}",
          "{{ m(c=1) }}",
        ),
      ),
      seq(
        tag("macro v()"),
        pick("{{ varargs }}", "{{ kwargs }}", "{{ varargs|length }}{{ kwargs|dictsort }}"),
        tag("endmacro"),
        pick("{{ v(1, 2) }}", "{{ v(x=1) }}", "{{ v(1, x=2) }}", "{{ v(*l) }}", "{{ v(**d) }}"),
      ),
      seq(
        tag("macro c(x=1)"),
        "<{{ caller(x) }}>",
        tag("endmacro"),
        tag("call(y) c(5)"),
        "{{ y }}",
        inner,
        tag("endcall"),
      ),
    ),
    block: fc.oneof(
      seq(tag(seq("with ", name, " = ", expression)), inner, tag("endwith")),
      seq(
        tag(pick("filter upper", "filter trim", "filter replace('e', 'E')", "filter indent(2)", "filter e")),
        inner,
        tag("endfilter"),
      ),
      seq(tag(pick("autoescape true", "autoescape false", "autoescape t")), inner, tag("endautoescape")),
      seq(tag("raw"), pick("{{ x }}", " {% if %} ", "\n  a\n"), tag("endraw")),
      tag(seq("do ", expression)),
      tag(seq("print ", expression, ", ", expression)),
    ),
  };
});

function loopUse(): Text {
  return pick(
    "",
    "{{ loop.index }}",
    "{{ loop.last }}",
    "{{ loop.revindex0 }}",
    "{{ loop.length }}",
    "{{ loop.cycle('o', 'e') }}",
    "{{ loop.previtem }}",
    "{{ loop.nextitem is defined }}",
    "{{ loop.changed(1) }}",
    "{% if not loop.last %}, {% endif %}",
    "{{ loop.depth0 }}",
    "{{ loop }}",
  );
}

function comment(): Text {
  return seq(pick("{#", "{#-", "{#+"), pick(" note ", "", " {{ x }} "), pick("#}", "-#}", "+#}"));
}

export const options = fc.record(
  { trim_blocks: fc.boolean(), lstrip_blocks: fc.boolean(), keep_trailing_newline: fc.boolean() },
  { requiredKeys: [] },
);

/** Any template. */
export const template: Text = fc.oneof(print, print, seq(body as Text, pick("", "\n", "\n\n")));

/** The variables of every template, as JSON: Python must see which numbers are floats. */
export const VARIABLES =
  `{"i": 7, "f": 2.5, "z": 3.0, "s": "Hello World", "u": "héllo 😀 wörld", "l": [3, 1, 2], "d": {"b": 1, "a": 2},
  "n": null, "t": true, "e": "", "big": 123456789012345678901234567890, "words": ["apple", "Banana", "cherry", "apple"],
  "mixed": [1, "a", null, 2.5, true, [1], {"a": 1}], "nested": {"a": [1, {"b": [true, null, 1.5]}], "name": "N"},
  "users": [{"name": "Bo", "age": 31, "tags": ["x", "y"]}, {"name": "al", "age": 25, "tags": []}, {"name": "Cy", "age": 31}]}`.replaceAll(
    "\n",
    "",
  );
