import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import type { KnownVariable } from "@core/editor/completions.ts";
import type { LintResult } from "@core/lint/lint-result.ts";
import { useEffect, useRef } from "react";
import { codeTheme } from "../code-theme.ts";
import { completeJinja } from "../complete-jinja.ts";
import { jinjaMarks } from "../jinja-marks.ts";
import { lintMarks, showFindings } from "../lint-marks.ts";

type CodeEditorProps = {
  label: string;
  value: string;
  readOnly: boolean;
  onChange: (value: string) => void;
  /** What the linter says of this text. */
  findings?: LintResult[];
  /** Variables offered while writing inside tags. */
  variables?: readonly KnownVariable[];
  /** Writing begins here. */
  autoFocus?: boolean;
};

const base: Extension = [
  history(),
  drawSelection(),
  closeBrackets(),
  lintMarks,
  highlightSelectionMatches(),
  EditorView.lineWrapping,
  EditorView.perLineTextDirection.of(true),
  jinjaMarks,
  EditorState.languageData.of(() => [{ closeBrackets: { brackets: ["(", "[", "{", "'", '"'] } }]),
  codeTheme,
  placeholder('You are a {{ role }}. Answer in {{ lang | default("English") }}.'),
  // Tab moves on, as everywhere on the page: nobody is trapped in the text.
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...completionKeymap,
  ]),
];

/** Marks what came in as `value`: whoever handed it in knows it already, and it is nobody's writing. */
const handedIn = Annotation.define<true>();

const noFindings: LintResult[] = [];
const noNames: readonly KnownVariable[] = [];

export function CodeEditor(props: CodeEditorProps) {
  const { label, value, readOnly, onChange, findings = noFindings, variables = noNames } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const settings = useRef(new Compartment());
  const emit = useRef(onChange);
  emit.current = onChange;
  const names = useRef(variables);
  names.current = variables;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor owns its text; later values come in below
  useEffect(() => {
    const listener = EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((one) => one.annotation(handedIn)))
        emit.current(update.state.doc.toString());
    });
    const completion = autocompletion({ override: [completeJinja(() => names.current)] });
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: value,
        extensions: [base, completion, listener, settings.current.of([])],
      }),
    });
    view.current = editor;
    if (props.autoFocus) editor.focus();
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const attributes = EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": "true" });
    const locked = readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [];
    view.current?.dispatch({ effects: settings.current.reconfigure([attributes, locked]) });
  }, [label, readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: handedIn.of(true),
    });
  }, [value]);

  useEffect(() => {
    if (view.current) showFindings(view.current, findings);
  }, [findings]);

  return <div ref={host} />;
}
