import type { ContractVariable } from "@core/lint/reconcile-contract.ts";
import { SlidersHorizontal } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "../../../components/button.tsx";
import { Skeleton } from "../../../components/states.tsx";
import { plural } from "../../../lib/format.ts";
import type { Contract } from "../contract.ts";
import type { Examples } from "../use-examples.ts";
import { ExampleInput } from "./example-input.tsx";
import styles from "./variables.module.css";

const Declaration = lazy(async () => ({ default: (await import("./declaration.tsx")).Declaration }));

type VariablesProps = {
  variables: readonly ContractVariable[];
  examples: Examples;
  contract: Contract;
  readOnly: boolean;
  onChange: (contract: Contract) => void;
};

/** The contract: what the text needs, as the text shows it and its author says it, with a value to try each. */
export function Variables({ variables, examples, ...rest }: VariablesProps) {
  if (variables.length === 0) {
    return (
      <p className="muted">
        None yet. Write <code>{"{{ role }}"}</code> where a value should go.
      </p>
    );
  }
  return (
    <ul className={styles.variables}>
      {variables.map((variable) => (
        <Row key={variable.name} variable={variable} examples={examples} {...rest} />
      ))}
    </ul>
  );
}

type RowProps = Omit<VariablesProps, "variables"> & { variable: ContractVariable };

function Row({ variable, examples, contract, readOnly, onChange }: RowProps) {
  const [open, setOpen] = useState(false);
  const { name } = variable;
  return (
    <li className={styles.variable}>
      <div className={styles.variableName}>
        <code>{name}</code>
        <span className="meta">{describe(variable)}</span>
      </div>
      <ExampleInput variable={variable} examples={examples} />
      <IconButton
        size="small"
        label={`Contract of ${name}`}
        aria-expanded={open}
        icon={<SlidersHorizontal aria-hidden="true" />}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Suspense fallback={<Skeleton lines={1} />}>
          <Declaration variable={variable} contract={contract} readOnly={readOnly} onChange={onChange} />
        </Suspense>
      )}
      {!open && variable.description && <p className={styles.variableNote}>{variable.description}</p>}
    </li>
  );
}

function describe({ type, required, hasDefault, used, uses }: ContractVariable): string {
  if (!used) return `${type}, not in the text`;
  const need = required ? "required" : hasDefault ? "has a default" : "optional";
  return uses.length > 1 ? `${type}, ${need}, ${plural(uses.length, "use")}` : `${type}, ${need}`;
}
