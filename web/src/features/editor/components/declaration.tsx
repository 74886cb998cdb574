import type { ContractVariable } from "@core/lint/reconcile-contract.ts";
import type { VariableType } from "@core/prompt/types.ts";
import { Button } from "../../../components/button.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Select } from "../../../components/select.tsx";
import {
  type Contract,
  declarationOf,
  declare,
  textOfValue,
  undeclare,
  valueOfText,
  variableTypes,
} from "../contract.ts";
import styles from "./variables.module.css";

type DeclarationProps = {
  variable: ContractVariable;
  contract: Contract;
  readOnly: boolean;
  onChange: (contract: Contract) => void;
};

/** What the author says of one variable. Where nothing is said, the text decides, and its answer is shown. */
export function Declaration({ variable, contract, readOnly, onChange }: DeclarationProps) {
  const { name, inferred, need, used } = variable;
  const said = declarationOf(contract, name);
  const say = (part: Parameters<typeof declare>[2]) => onChange(declare(contract, name, part));
  const value = (key: "default" | "example") => ({
    mono: true,
    readOnly,
    value: textOfValue(said[key]),
    onChange: ({ target }: { target: { value: string } }) =>
      say({ [key]: target.value === "" ? undefined : valueOfText(target.value, variable.type) }),
  });
  const byText = need === "always" ? "required" : "optional";
  return (
    <div className={`${styles.declaration} ${form.form}`}>
      <Field label="Description">
        <TextInput
          readOnly={readOnly}
          placeholder="What callers should put here"
          value={said.description ?? ""}
          onChange={(event) => say({ description: event.target.value || undefined })}
        />
      </Field>
      <div className={form.pair}>
        <Field label="Type">
          <Select<VariableType | "derived">
            size="small"
            disabled={readOnly}
            value={said.type ?? "derived"}
            onChange={(type) => say({ type: type === "derived" ? undefined : type })}
            options={[
              { value: "derived", label: `As in the text: ${inferred.kind}` },
              ...variableTypes.map((type) => ({ value: type, label: type })),
            ]}
          />
        </Field>
        <Field label="Needed">
          <Select
            size="small"
            disabled={readOnly}
            value={said.required === undefined ? "derived" : said.required ? "required" : "optional"}
            onChange={(choice) => say({ required: choice === "derived" ? undefined : choice === "required" })}
            options={[
              { value: "derived", label: `As in the text: ${byText}` },
              { value: "required", label: "Required", hint: "Callers must give it" },
              { value: "optional", label: "Optional", hint: "Callers may leave it out" },
            ]}
          />
        </Field>
      </div>
      <div className={form.pair}>
        <Field label="Default" hint="For callers who give none.">
          <TextInput {...value("default")} />
        </Field>
        <Field label="Example" hint="Shown to callers, never sent.">
          <TextInput {...value("example")} />
        </Field>
      </div>
      {!used && !readOnly && (
        <div>
          <Button size="small" onClick={() => onChange(undeclare(contract, name))}>
            Remove {name} from the contract
          </Button>
        </div>
      )}
    </div>
  );
}
