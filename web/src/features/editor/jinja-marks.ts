import { type Range, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { scanTemplate, type Token, type TokenKind } from "@core/editor/scan-template.ts";

const looks: Record<TokenKind, string> = {
  delimiter: "delimiter",
  comment: "comment",
  keyword: "keyword",
  name: "name",
  function: "name",
  property: "name",
  filter: "filter",
  test: "filter",
  string: "string",
  number: "number",
  operator: "operator",
  invalid: "invalid",
};

const marks = Object.fromEntries(
  Object.entries(looks).map(([kind, look]) => [kind, Decoration.mark({ class: `cm-jinja-${look}` })]),
) as Record<TokenKind, Decoration>;
const keyword = Decoration.mark({ class: "cm-jinja-keyword" });
const variable = Decoration.mark({ class: "cm-variable" });

/** Colours only, by the scanner that belongs to the parser which serves requests; right or wrong is the linter's. */
function decorate(text: string): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const tokens = scanTemplate(text);
  const ranges: Range<Decoration>[] = [...outputs(text, tokens)];
  let statement = false;
  for (const token of tokens) {
    const { from, to, kind } = token;
    if (kind === "delimiter" && text[from] === "{") statement = text[from + 1] === "%";
    ranges.push((kind === "delimiter" && statement ? keyword : marks[kind]).range(from, to));
  }
  ranges.sort((a, b) => a.from - b.from || b.to - a.to);
  for (const { from, to, value } of ranges) builder.add(from, to, value);
  return builder.finish();
}

/** One soft ground under the whole of `{{ … }}`, so that an eye finds every place a value goes. */
function* outputs(text: string, tokens: readonly Token[]) {
  let open = -1;
  for (const { from, to, kind } of tokens) {
    if (kind !== "delimiter") continue;
    if (text.startsWith("{{", from)) open = from;
    else if (open >= 0 && text[to - 1] === "}") {
      yield variable.range(open, to);
      open = -1;
    }
  }
}

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view.state.doc.toString());
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = decorate(update.state.doc.toString());
    }
  },
  { decorations: ({ decorations }) => decorations },
);

export const jinjaMarks = [
  plugin,
  EditorView.theme({
    ".cm-variable": { backgroundColor: "var(--variable-soft)", borderRadius: "4px", padding: "2px 1px" },
    ".cm-jinja-delimiter, .cm-jinja-name": { color: "var(--variable)" },
    ".cm-jinja-keyword": { color: "var(--tag)", fontWeight: "500" },
    ".cm-jinja-filter": { color: "var(--tag)" },
    ".cm-jinja-string": { color: "var(--string)" },
    ".cm-jinja-number": { color: "var(--number)" },
    ".cm-jinja-operator, .cm-jinja-comment": { color: "var(--ink-muted)" },
    ".cm-jinja-comment": { fontStyle: "italic" },
    ".cm-jinja-invalid": { color: "var(--bad)" },
  }),
];
