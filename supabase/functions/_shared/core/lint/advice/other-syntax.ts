import type { LintFix } from "../lint-result.ts";
import { type Fault, replace, type SyntaxAdvice } from "./fault.ts";

/*
 * What people bring along from Handlebars, Liquid, JavaScript and Python, and from editors that make quotes curly.
 */

const INSTEAD_OF_TAGS: Readonly<Record<string, string>> = {
  comment: "Write {# … #}.",
  assign: "Write {% set x = … %}.",
  let: "Write {% set x = … %}.",
  var: "Write {% set x = … %}.",
  unless: "Write {% if not x %} … {% endif %}.",
  switch: "Write {% if x == 1 %} … {% elif x == 2 %} … {% endif %}.",
  case: "Write {% if x == 1 %} … {% elif x == 2 %} … {% endif %}.",
  foreach: "Write {% for x in xs %} … {% endfor %}.",
  while: "Write {% for x in xs %} … {% endfor %}.",
  partial: "Write {% include 'name' %}.",
  render: "Write {% include 'name' %}.",
};

/** A tag Jinja2 does not have, or not there. */
export function otherTag({ says, offset, content, open, tag, tagStart }: Fault): SyntaxAdvice | null {
  const elseIf = /^\{%[-+]?\s*(else\s+if|elseif|elsif)\b/.exec(tag)?.[1];
  if (elseIf !== undefined && (open === "if" || says.includes("'end of statement block'"))) {
    return { remedy: "Write {% elif … %}.", fix: replace(tagStart + tag.indexOf(elseIf), elseIf, "elif") };
  }
  const name = /unknown tag '(\w+)'/.exec(says)?.[1];
  if (name === undefined) return null;
  if (/^(?:else|elif|elseif|elsif)$/.test(name)) return { remedy: "Write {% if … %} before it." };
  if (name === "end" && open !== null && content.startsWith("end", offset)) {
    return { remedy: `Write {% end${open} %}.`, fix: replace(offset, "end", `end${open}`) };
  }
  if (name.startsWith("end")) {
    return {
      remedy:
        open === null
          ? `Take it out, or write {% ${name.slice(3) || "if"} … %} before it: nothing is open here.`
          : `Write {% end${open} %} first: the ${open} is still open here.`,
    };
  }
  return Object.hasOwn(INSTEAD_OF_TAGS, name) ? { remedy: INSTEAD_OF_TAGS[name] ?? "" } : null;
}

/** Tags that look like those of another template language. */
export function otherTemplates({ tag, tagStart, content }: Fault): SyntaxAdvice | null {
  if (/^\{\{[#/^>]/.test(tag)) {
    return { remedy: "Write {% if x %} … {% endif %} or {% for x in xs %} … {% endfor %}." };
  }
  if (/^\{\{[-+]?\s*(?:if|for|set|else|end\w*)\s/.test(tag)) {
    return { remedy: "Write it between {% and %}: only values go between {{ and }}." };
  }
  const triple = /^\{\{\{\s*[\w.]+\s*\}\}\}/.exec(content.slice(tagStart))?.[0];
  if (triple === undefined) return null;
  return { remedy: "Write two braces.", fix: replace(tagStart, triple, triple.slice(1, -1)) };
}

/** As written, and as Jinja2 spells it. */
const OPERATORS: readonly (readonly [written: RegExp, instead: string])[] = [
  [/^&&/, "and"],
  [/^\|\|/, "or"],
  [/^!==/, "!="],
  [/^===/, "=="],
  [/^!(?!=)\s*/, "not "],
];

const INSTEAD_OF_SIGNS: readonly (readonly [written: RegExp, remedy: string])[] = [
  [/^\?\?/, "Write {{ x | default('…') }}."],
  [/^\?\./, "Write {{ x.y }}; {{ x.y | default('…') }} where it may be missing."],
  [/^\?/, "Write {{ a if x else b }}."],
  [/^[=-]>/, "Templates have no functions of their own: use filters such as map, select and selectattr."],
];

export function otherOperators(fault: Fault): SyntaxAdvice | null {
  const { content, offset, tag, tagStart } = fault;
  // Of a sign of several characters the error may name any.
  for (const at of [offset, offset - 1, offset - 2].filter((one) => one >= tagStart)) {
    const rest = content.slice(at, at + 10);
    for (const [written, instead] of OPERATORS) {
      const sign = written.exec(rest)?.[0];
      if (sign !== undefined)
        return { remedy: `Write \`${instead.trim()}\` there.`, fix: replace(at, sign, instead) };
    }
    const found = INSTEAD_OF_SIGNS.find(([written]) => written.test(rest));
    if (found) return { remedy: found[1] };
  }
  if (/[“”‘’`]/.test(content[offset] ?? ""))
    return { remedy: "Write straight quotes.", fix: straighten(fault) };
  if (content[offset] === "=" && /^\{%[-+]?\s*(?:if|elif)\b/.test(tag)) {
    return { remedy: "Write `==` to compare.", fix: replace(offset, "=", "==") };
  }
  if (content[offset] === ":" && /\|\s*\w+\s*$/.test(content.slice(tagStart, offset))) {
    return { remedy: "Write the filter's argument in brackets: {{ x | truncate(20) }}." };
  }
  if (/\d\.\.\d/.test(tag)) return { remedy: "Write range(1, 6) for 1 to 5." };
  const loop = /^\{%[-+]?\s*for\s+[\w\s,]+?\s(?=of\b)/.exec(tag)?.[0];
  if (loop === undefined) return null;
  return { remedy: "Write {% for x in xs %}.", fix: replace(tagStart + loop.length, "of", "in") };
}

function straighten({ tag, tagStart }: Fault): LintFix {
  const edits = [...tag.matchAll(/[“”‘’`]/g)].map(({ 0: quote, index }) => ({
    from: tagStart + index,
    to: tagStart + index + 1,
    insert: "“”".includes(quote) ? '"' : "'",
  }));
  return { label: "Change to straight quotes", edits };
}
