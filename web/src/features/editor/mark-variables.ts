import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

const variable = Decoration.mark({ class: "cm-variable" });
const matcher = new MatchDecorator({ regexp: /\{\{.*?\}\}/g, decoration: variable });

/** One soft ground under the whole of `{{ … }}`, so that an eye finds every place a value goes. */
const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

export const markVariables = [
  marks,
  EditorView.theme({
    ".cm-variable": { backgroundColor: "var(--variable-soft)", borderRadius: "4px", padding: "2px 1px" },
  }),
];
