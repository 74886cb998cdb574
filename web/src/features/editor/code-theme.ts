import { EditorView } from "@codemirror/view";

/** The tokens of styles/tokens.css, so that the editor follows the theme without being told. */
export const codeTheme = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--ink)", fontSize: "var(--text-read)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.625rem", overflowX: "hidden" },
  ".cm-content": { padding: "12px 0 16px", caretColor: "var(--accent)", minHeight: "96px" },
  // Each line runs the way its words do: a prompt may hold Arabic and English.
  ".cm-line": { padding: "0 20px 0 4px", unicodeBidi: "plaintext" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", border: "0" },
  ".cm-lint-marker": { width: "12px", height: "12px", marginTop: "7px" },
  ".cm-placeholder": { color: "var(--ink-muted)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 22%, transparent)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--surface-selected)" },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-control)",
    backgroundColor: "var(--surface-raised)",
    boxShadow: "var(--shadow)",
    color: "var(--ink)",
    overflow: "hidden",
  },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", fontSize: "0.8125rem" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "4px 8px !important", lineHeight: "1.25rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--surface-selected)",
    color: "var(--ink)",
  },
  ".cm-completionDetail": { color: "var(--ink-muted)", fontStyle: "normal" },
  ".cm-diagnostic": { padding: "8px 12px", fontFamily: "var(--font-text)", borderLeftWidth: "3px" },
  ".cm-panels": { backgroundColor: "var(--surface-sunken)", color: "var(--ink)" },
});
