import type { ContractVariable } from "@core/lint/reconcile-contract.ts";
import { clsx } from "clsx";
import field from "../../../components/field.module.css";
import { textOfValue } from "../contract.ts";
import type { Examples } from "../use-examples.ts";

type ExampleInputProps = { variable: ContractVariable; examples: Examples };

/** Not a Field: nothing is checked here, and the page begins without what checks. */
export function ExampleInput({ variable, examples }: ExampleInputProps) {
  const { name } = variable;
  return (
    <input
      aria-label={`Example value of ${name}`}
      className={clsx(field.input, field.mono)}
      placeholder={placeholderOf(variable)}
      value={examples.texts[name] ?? ""}
      onChange={(event) => examples.set(name, event.target.value)}
    />
  );
}

function placeholderOf({ type, hasDefault, default: value, hasExample, example }: ContractVariable): string {
  if (hasExample) return textOfValue(example);
  if (hasDefault) return textOfValue(value) || "its default";
  return (
    { object: '{"id": "A1"}', list: '["one", "two"]', number: "3", boolean: "true" }[type as string] ??
    "an example value"
  );
}
