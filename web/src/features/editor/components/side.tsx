import { Field, TextInput } from "../../../components/field.tsx";
import { Panel } from "../../../components/page.tsx";
import { Skeleton } from "../../../components/states.tsx";
import { Badge } from "../../../components/status.tsx";
import { plural } from "../../../lib/format.ts";
import type { Analysis, Variable } from "../analysis/analyse.ts";
import type { Draft } from "../draft.ts";
import type { Examples } from "../use-examples.ts";
import styles from "./editor.module.css";
import { PreviewView } from "./preview-view.tsx";

type SideProps = {
  analysis?: Analysis;
  examples: Examples;
  draft: Draft;
  readOnly: boolean;
  onChange: (part: Partial<Draft>) => void;
};

/** The instruments beside the writing: what the text needs, what it weighs, which model it is for. */
export function Side({ analysis, examples, draft, readOnly, onChange }: SideProps) {
  return (
    <div className={`${styles.side} ${styles.main}`}>
      <Panel title="Variables" lead="Read off the text. Callers send them as nemo_prompt_variables.">
        {analysis ? (
          <Variables variables={analysis.variables} examples={examples} />
        ) : (
          <Skeleton shape="text" />
        )}
      </Panel>
      <Panel title="Preview" lead="What would be sent with these values.">
        {analysis ? <PreviewView analysis={analysis} /> : <Skeleton shape="text" />}
      </Panel>
      <Panel title="Model">
        <Field label="Model" hint="Used when callers ask for “nemo/…”. Empty: they choose.">
          <TextInput
            mono
            readOnly={readOnly}
            placeholder="gpt-4o-mini"
            value={typeof draft.config.model === "string" ? draft.config.model : ""}
            onChange={(event) => onChange({ config: withModel(draft.config, event.target.value.trim()) })}
          />
        </Field>
      </Panel>
    </div>
  );
}

function withModel({ model: _model, ...rest }: Draft["config"], model: string): Draft["config"] {
  return model === "" ? rest : { ...rest, model };
}

function Variables({ variables, examples }: { variables: Variable[]; examples: Examples }) {
  if (variables.length === 0) {
    return (
      <p className="muted">
        None yet. Write <code>{"{{ role }}"}</code> where a value should go.
      </p>
    );
  }
  return (
    <ul>
      {variables.map((variable) => (
        <li key={variable.name} className={styles.variable}>
          <span className={styles.variableName}>
            <code>{variable.name}</code>
            <Badge>{variable.kind}</Badge>
            <span className="meta">
              {variable.required ? "required" : variable.hasDefault ? "has a default" : "optional"},{" "}
              {plural(variable.uses, "use")}
            </span>
          </span>
          {variable.description && <span className="muted">{variable.description}</span>}
          <Field label={`Example value of ${variable.name}`} hideLabel>
            <TextInput
              mono
              placeholder={placeholderOf(variable)}
              value={examples.texts[variable.name] ?? ""}
              onChange={(event) => examples.set(variable.name, event.target.value)}
            />
          </Field>
        </li>
      ))}
    </ul>
  );
}

function placeholderOf({ kind, hasDefault }: Variable): string {
  if (hasDefault) return "its default";
  return (
    { object: '{"id": "A1"}', list: '["one", "two"]', number: "3", boolean: "true" }[kind] ??
    "an example value"
  );
}
