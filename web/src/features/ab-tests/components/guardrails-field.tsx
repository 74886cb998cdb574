import { METRICS, type Metric } from "@core/ab/metrics.ts";
import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../../components/button.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import { Select } from "../../../components/select.tsx";
import { type Bound, boundsOf, unitOf } from "../guardrails.ts";
import { type GuardrailField, guardrailField } from "../set-up.ts";
import styles from "./set-up.module.css";

type GuardrailsFieldProps = {
  guardrails: GuardrailField[];
  onChange: (guardrails: GuardrailField[]) => void;
  problem?: string;
};

const MOST = 10;
const boundWords: Record<Bound, string> = {
  limit: "beyond a limit",
  worse_than_control_by: "worse than A by",
};

export function GuardrailsField({ guardrails, onChange, problem }: GuardrailsFieldProps) {
  const replace = (changed: GuardrailField) =>
    onChange(guardrails.map((one) => (one.id === changed.id ? changed : one)));
  return (
    <div className={styles.stack}>
      {guardrails.length === 0 && <p className="muted">None: variants run until a person stops them.</p>}
      <ul className={styles.guardrails} aria-label="Guardrails">
        {guardrails.map((guardrail) => (
          <OneGuardrail
            key={guardrail.id}
            guardrail={guardrail}
            onChange={replace}
            onRemove={() => onChange(guardrails.filter(({ id }) => id !== guardrail.id))}
          />
        ))}
      </ul>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {guardrails.length < MOST && (
        <div>
          <Button
            size="small"
            icon={<Plus aria-hidden="true" />}
            onClick={() =>
              onChange([...guardrails, guardrailField({ metric: "latency", worse_than_control_by: 0.2 })])
            }
          >
            Add guardrail
          </Button>
        </div>
      )}
    </div>
  );
}

type OneGuardrailProps = {
  guardrail: GuardrailField;
  onChange: (guardrail: GuardrailField) => void;
  onRemove: () => void;
};

function OneGuardrail({ guardrail, onChange, onRemove }: OneGuardrailProps) {
  const { metric, bound, typed, minCount } = guardrail;
  const bounds = boundsOf(metric);
  function choose(next: Metric) {
    const offered = boundsOf(next);
    onChange({
      ...guardrail,
      metric: next,
      bound: offered.includes(bound) ? bound : (offered[0] ?? "limit"),
    });
  }
  return (
    <li className={styles.guardrail}>
      <Field label="Stop a variant whose">
        <Select
          label="Guarded metric"
          value={metric}
          onChange={choose}
          options={(Object.keys(METRICS) as Metric[]).map((value) => ({
            value,
            label: METRICS[value].label,
          }))}
        />
      </Field>
      <Field label="is">
        <Select
          label="Kind of bound"
          value={bound}
          onChange={(next) => onChange({ ...guardrail, bound: next })}
          options={bounds.map((value) => ({ value, label: boundWords[value] }))}
        />
      </Field>
      <Field label={unitOf(metric, bound)}>
        <TextInput
          inputMode="decimal"
          aria-label={`Bound, ${unitOf(metric, bound)}`}
          value={typed}
          onChange={(event) => onChange({ ...guardrail, typed: event.target.value })}
        />
      </Field>
      <Field label="after requests">
        <TextInput
          inputMode="numeric"
          value={minCount}
          onChange={(event) => onChange({ ...guardrail, minCount: event.target.value })}
        />
      </Field>
      <IconButton label="Remove this guardrail" icon={<X aria-hidden="true" />} onClick={onRemove} />
    </li>
  );
}
