import { EditorView } from "@codemirror/view";

/** Puts the cursor of the code editor with this label at a place, both from 1. */
export function focusPlace(label: string, line = 1, column = 1) {
  const host = document.querySelector<HTMLElement>(`[aria-label="${label}"]`);
  const view = host && EditorView.findFromDOM(host);
  if (!view) return;
  const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  const anchor = Math.min(at.from + column - 1, at.to);
  view.dispatch({ selection: { anchor }, scrollIntoView: true });
  view.focus();
}
