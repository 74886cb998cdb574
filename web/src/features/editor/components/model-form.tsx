import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { JsonField } from "../../../components/json-field.tsx";
import { Select } from "../../../components/select.tsx";
import {
  type AnswerForm,
  answerForm,
  type Config,
  limitKey,
  otherSettings,
  otherSettingsProblem,
  schemaProblem,
  toolsProblem,
  withKey,
  withOtherSettings,
} from "../model-config.ts";
import { ModelName } from "./model-name.tsx";

type ModelFormProps = { config: Config; readOnly: boolean; onChange: (config: Config) => void };

/** What fills a request where its caller says nothing. */
export function ModelForm({ config, readOnly, onChange }: ModelFormProps) {
  const set = (key: string, value: unknown) => onChange(withKey(config, key, value));
  const limit = limitKey(config);
  return (
    <div className={form.form}>
      <ModelName config={config} readOnly={readOnly} onChange={(model) => set("model", model)} />
      <div className={form.pair}>
        <NumberField
          label="Temperature"
          hint="0 answers nearly the same each time, 2 varies most."
          value={config.temperature}
          min={0}
          max={2}
          step={0.1}
          readOnly={readOnly}
          onChange={(value) => set("temperature", value)}
        />
        <NumberField
          label="Longest answer"
          hint={`Tokens, sent as ${limit}.`}
          value={config[limit]}
          min={1}
          max={1_000_000}
          step={1}
          readOnly={readOnly}
          onChange={(value) => set(limit, value)}
        />
      </div>
      <AnswerFormat config={config} readOnly={readOnly} onChange={(value) => set("response_format", value)} />
      <JsonField
        label="Tools"
        hint="What the model may ask the caller to run, in OpenAI's form."
        placeholder='[{"type": "function", "function": {"name": "find_order", "parameters": {…}}}]'
        value={config.tools}
        readOnly={readOnly}
        problemOf={toolsProblem}
        onChange={(value) => set("tools", value)}
      />
      <JsonField
        label="Other settings"
        hint="Any other parameter of the provider; passed on as it is."
        placeholder='{"top_p": 0.9}'
        rows={3}
        value={otherSettings(config)}
        readOnly={readOnly}
        problemOf={otherSettingsProblem}
        onChange={(value) => onChange(withOtherSettings(config, value as Config | undefined))}
      />
    </div>
  );
}

type NumberFieldProps = {
  label: string;
  hint: string;
  value: unknown;
  min: number;
  max: number;
  step: number;
  readOnly: boolean;
  onChange: (value: number | undefined) => void;
};

function NumberField({ label, hint, value, onChange, ...limits }: NumberFieldProps) {
  const { min, max, step } = limits;
  const number = typeof value === "number" ? value : undefined;
  const wrong =
    number !== undefined && (number < min || number > max || (step === 1 && !Number.isInteger(number)));
  return (
    <Field
      label={label}
      hint={hint}
      error={wrong ? `Between ${min} and ${max}${step === 1 ? ", a whole number" : ""}.` : undefined}
    >
      <TextInput
        {...limits}
        type="number"
        inputMode="decimal"
        placeholder="the provider's own"
        value={number ?? ""}
        onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.valueAsNumber)}
      />
    </Field>
  );
}

const forms: { value: AnswerForm; label: string; hint: string }[] = [
  { value: "text", label: "Text", hint: "Whatever the model writes" },
  { value: "json_object", label: "JSON", hint: "Any JSON object; the prompt must ask for JSON" },
  { value: "json_schema", label: "JSON by a schema", hint: "Exactly these fields" },
];
const emptySchema = { name: "answer", strict: true, schema: { type: "object", properties: {} } };

type AnswerFormatProps = { config: Config; readOnly: boolean; onChange: (value: unknown) => void };

function AnswerFormat({ config, readOnly, onChange }: AnswerFormatProps) {
  const chosen = answerForm(config);
  const format = config.response_format as { json_schema?: unknown } | undefined;
  const others = chosen === "other" ? [{ value: chosen, label: "As it is", hint: "Not one of these" }] : [];

  function choose(next: AnswerForm) {
    if (next === "text") onChange(undefined);
    else if (next === "json_schema") onChange({ type: next, json_schema: emptySchema });
    else if (next === "json_object") onChange({ type: next });
  }
  return (
    <>
      <Field label="Form of the answer">
        <Select value={chosen} onChange={choose} options={[...forms, ...others]} disabled={readOnly} />
      </Field>
      {chosen === "json_schema" && (
        <JsonField
          label="Schema"
          rows={8}
          value={format?.json_schema}
          readOnly={readOnly}
          problemOf={schemaProblem}
          onChange={(value) => value !== undefined && onChange({ type: "json_schema", json_schema: value })}
        />
      )}
    </>
  );
}
