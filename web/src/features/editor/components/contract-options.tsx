import { Select } from "../../../components/select.tsx";
import { type Contract, whitespaceOptions, withMode, withOption } from "../contract.ts";
import styles from "./variables.module.css";

type ContractOptionsProps = { contract: Contract; readOnly: boolean; onChange: (contract: Contract) => void };

/** How strict the template is, and what happens to the white space around tags. */
export function ContractOptions({ contract, readOnly, onChange }: ContractOptionsProps) {
  const options = (contract.options ?? {}) as Record<string, unknown>;
  return (
    <details className={styles.options}>
      <summary>Strictness and white space</summary>
      <Select
        size="small"
        label="Variables the text does not have"
        disabled={readOnly}
        value={contract.variables_mode === "lenient" ? "lenient" : "strict"}
        onChange={(mode) => onChange(withMode(contract, mode))}
        options={[
          {
            value: "strict",
            label: "Unknown variables are refused",
            hint: "A misspelt name is told at once",
          },
          {
            value: "lenient",
            label: "Unknown variables are ignored",
            hint: "Undefined values print nothing",
          },
        ]}
      />
      {whitespaceOptions.map(([name, what]) => (
        <label key={name} className={styles.option}>
          <input
            type="checkbox"
            disabled={readOnly}
            checked={options[name] === true}
            onChange={(event) => onChange(withOption(contract, name, event.target.checked))}
          />
          <span>
            {what} <code>{name}</code>
          </span>
        </label>
      ))}
    </details>
  );
}
