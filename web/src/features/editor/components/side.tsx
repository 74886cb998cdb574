import { Facts } from "../../../components/facts.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import { Panel } from "../../../components/page.tsx";
import { Skeleton } from "../../../components/states.tsx";
import { Badge } from "../../../components/status.tsx";
import { plural, tokens } from "../../../lib/format.ts";
import type { Analysis, Variable } from "../analysis/analyse.ts";
import type { Draft } from "../draft.ts";
import styles from "./editor.module.css";

type SideProps = {
  analysis?: Analysis;
  draft: Draft;
  readOnly: boolean;
  onChange: (part: Partial<Draft>) => void;
};

/** The instruments beside the writing: what the text needs, what it weighs, which model it is for. */
export function Side({ analysis, draft, readOnly, onChange }: SideProps) {
  return (
    <div className={`${styles.side} ${styles.main}`}>
      <Panel title="Variables" lead="Read off the text. Callers send them as nemo_prompt_variables.">
        {analysis ? <Variables variables={analysis.variables} /> : <Skeleton shape="text" />}
      </Panel>
      <Panel title="Weight">
        {analysis ? <Weight tokenFacts={analysis.tokens} /> : <Skeleton shape="text" />}
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

function Variables({ variables }: { variables: Variable[] }) {
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
        </li>
      ))}
    </ul>
  );
}

function Weight({ tokenFacts }: { tokenFacts: Analysis["tokens"] }) {
  return (
    <Facts
      facts={[
        ["Fixed text", `${tokens(tokenFacts.fixed)}${tokenFacts.exact ? "" : ", estimate"}`],
        ["Cacheable", `${tokenFacts.cacheablePercent} % of it`],
      ]}
    />
  );
}
