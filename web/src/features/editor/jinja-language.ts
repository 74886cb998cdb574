import { HighlightStyle, StreamLanguage, type StringStream } from "@codemirror/language";
import { tags } from "@lezer/highlight";

type JinjaState = { inside: "text" | "expression" | "statement" | "comment" | "raw" };

const closers = { expression: /^[-+]?\}\}/, statement: /^[-+]?%\}/, comment: /^[-+]?#\}/ } as const;
const words =
  /^(?:if|elif|else|endif|for|in|endfor|set|endset|macro|endmacro|call|endcall|filter|endfilter|block|endblock|raw|endraw|with|endwith|do|is|not|and|or|include|import|from|as|recursive|break|continue|generation|endgeneration)\b/;

function textToken(stream: StringStream, state: JinjaState): string | null {
  if (stream.match(/^\{%[-+]?\s*raw\s*[-+]?%\}/)) {
    state.inside = "raw";
    return "keyword";
  }
  if (stream.match(/^\{\{[-+]?/)) {
    state.inside = "expression";
    return "variableName";
  }
  if (stream.match(/^\{%[-+]?/)) {
    state.inside = "statement";
    return "keyword";
  }
  if (stream.match("{#")) {
    state.inside = "comment";
    return "comment";
  }
  stream.next();
  stream.match(/^[^{]+/);
  return null;
}

function rawToken(stream: StringStream, state: JinjaState): string | null {
  if (stream.match(/^\{%[-+]?\s*endraw\s*[-+]?%\}/)) {
    state.inside = "text";
    return "keyword";
  }
  stream.next();
  stream.match(/^[^{]+/);
  return null;
}

function codeToken(
  stream: StringStream,
  state: JinjaState & { inside: "expression" | "statement" },
): string | null {
  if (stream.match(closers[state.inside])) {
    const mark = state.inside === "expression" ? "variableName" : "keyword";
    (state as JinjaState).inside = "text";
    return mark;
  }
  if (stream.eatSpace()) return null;
  if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'(?:[^'\\]|\\.)*'?/)) return "string";
  if (stream.match(/^\d[\d_]*(?:\.\d+)?/)) return "number";
  if (stream.match(/^\|\s*/)) return "operator";
  if (stream.match(words)) return "keyword";
  if (stream.match(/^(?:true|false|none|True|False|None)\b/)) return "number";
  if (stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u))
    return state.inside === "expression" ? "variableName" : "name";
  stream.next();
  return "operator";
}

/** Colours only: what is right or wrong is said by the same parser that serves requests. */
export const jinja = StreamLanguage.define<JinjaState>({
  name: "jinja",
  startState: () => ({ inside: "text" }),
  token(stream, state) {
    switch (state.inside) {
      case "text":
        return textToken(stream, state);
      case "raw":
        return rawToken(stream, state);
      case "comment":
        if (stream.match(closers.comment)) state.inside = "text";
        else {
          stream.next();
          stream.match(/^[^#+-]+/);
        }
        return "comment";
      default:
        return codeToken(stream, state as JinjaState & { inside: "expression" | "statement" });
    }
  },
  languageData: { closeBrackets: { brackets: ["(", "[", "{", "'", '"'] } },
});

export const jinjaHighlight = HighlightStyle.define([
  { tag: tags.variableName, color: "var(--variable)" },
  { tag: tags.keyword, color: "var(--tag)", fontWeight: "500" },
  { tag: tags.name, color: "var(--variable)" },
  { tag: tags.string, color: "var(--string)" },
  { tag: tags.number, color: "var(--number)" },
  { tag: tags.operator, color: "var(--ink-muted)" },
  { tag: tags.comment, color: "var(--ink-muted)", fontStyle: "italic" },
]);
