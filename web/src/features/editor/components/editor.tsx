import { useState } from "react";
import { useCan } from "../../../lib/organization.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { useAnalysis } from "../analysis/use-analysis.ts";
import { useDraft } from "../use-draft.ts";
import { useExamples } from "../use-examples.ts";
import styles from "./editor.module.css";
import { EditorBar } from "./editor-bar.tsx";
import { Messages } from "./messages.tsx";
import { Problems } from "./problems.tsx";
import { Side } from "./side.tsx";

type EditorProps = { template: Template; opened: Version | undefined };

export function Editor({ template, opened }: EditorProps) {
  const may = useCan();
  const { draft, changed, change, setDraft, discard } = useDraft(template.id, opened);
  const [base, setBase] = useState(opened);
  const examples = useExamples(template.id);
  const { analysis, failure } = useAnalysis({ ...draft, values: examples.values });
  const readOnly = !may("templates.write");
  return (
    <div className={styles.editor}>
      <EditorBar
        template={template}
        opened={base}
        draft={draft}
        changed={changed}
        discard={discard}
        onSaved={(saved) => {
          setBase(saved);
          setDraft((current) => ({ ...current, base: saved.version }));
        }}
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Messages
            messages={draft.messages}
            readOnly={readOnly}
            analysis={analysis}
            onChange={(messages) => change({ messages })}
          />
          <Problems findings={analysis?.findings ?? []} failure={failure} checked={analysis !== undefined} />
        </div>
        <Side analysis={analysis} examples={examples} draft={draft} readOnly={readOnly} onChange={change} />
      </div>
    </div>
  );
}
