import { lazy, Suspense } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { IncludeTree } from "../../../components/include-tree.tsx";
import { Panel } from "../../../components/page.tsx";
import { Skeleton } from "../../../components/states.tsx";
import type { IncludeNode } from "../../../lib/include-tree.ts";
import type { Analysis } from "../analysis/analyse.ts";
import type { Draft } from "../draft.ts";
import { describeConfig } from "../model-config.ts";
import type { Examples } from "../use-examples.ts";
import { ContractOptions } from "./contract-options.tsx";
import styles from "./preview.module.css";
import { PreviewView } from "./preview-view.tsx";
import { Variables } from "./variables.tsx";

const ModelForm = lazy(async () => ({ default: (await import("./model-form.tsx")).ModelForm }));

type SideProps = {
  analysis?: Analysis;
  examples: Examples;
  draft: Draft;
  /** What the opened version includes. */
  tree: readonly IncludeNode[];
  readOnly: boolean;
  onChange: (part: Partial<Draft>) => void;
};

/** The instruments beside the writing: what the text needs, what it weighs, which model it is for. */
export function Side({ analysis, examples, draft, tree, readOnly, onChange }: SideProps) {
  const { config, contract } = draft;
  return (
    <>
      <Panel title="Variables" lead="What the text needs. Callers send them as nemo_prompt_variables.">
        {analysis ? (
          <Variables
            variables={analysis.variables}
            examples={examples}
            contract={contract}
            readOnly={readOnly}
            onChange={(next) => onChange({ contract: next })}
          />
        ) : (
          <Skeleton shape="text" />
        )}
        <ContractOptions
          contract={contract}
          readOnly={readOnly}
          onChange={(next) => onChange({ contract: next })}
        />
      </Panel>
      <Panel title="Preview" lead="What is sent with these values.">
        {analysis ? <PreviewView analysis={analysis} config={config} /> : <Skeleton shape="text" />}
      </Panel>
      {tree.length > 0 && (
        <Panel title="Included templates" lead="As this version was saved with them; a save pins them anew.">
          <IncludeTree nodes={tree} />
        </Panel>
      )}
      <Panel
        title="Model"
        actions={
          <Dialog
            shape="sheet"
            title="Model settings"
            description="They fill what a request leaves out; what its caller gives wins. They are saved with the version."
            trigger={<Button size="small">{readOnly ? "Look" : "Change"}</Button>}
          >
            <Suspense fallback={<Skeleton lines={4} />}>
              <ModelForm
                config={config}
                readOnly={readOnly}
                onChange={(next) => onChange({ config: next })}
              />
            </Suspense>
          </Dialog>
        }
      >
        <p className={styles.settings}>{describeConfig(config)}</p>
      </Panel>
    </>
  );
}
