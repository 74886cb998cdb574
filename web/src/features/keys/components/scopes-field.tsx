import { X } from "lucide-react";
import { IconButton } from "../../../components/button.tsx";
import { Field } from "../../../components/field.tsx";
import { Picker } from "../../../components/picker.tsx";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import styles from "./keys.module.css";

type ScopesFieldProps = { chosen: string[]; onChange: (chosen: string[]) => void };

/** Which templates a key opens; none chosen is all of them, those to come too. */
export function ScopesField({ chosen, onChange }: ScopesFieldProps) {
  const { data: templates = [] } = useTemplates();
  const rest = templates.filter(({ id }) => !chosen.includes(id));
  return (
    <div className={styles.scopes}>
      <Field
        label="Templates it may use"
        hint={
          chosen.length === 0 ? "All, those to come too." : "Requests for others, or for none, are refused."
        }
      >
        <Picker
          label="Templates it may use"
          none={chosen.length === 0 ? "All templates" : "Add another"}
          value={null}
          onChange={(id) => id && onChange([...chosen, id])}
          options={rest.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      {chosen.length > 0 && (
        <ul className={styles.chips} aria-label="Templates it may use">
          {chosen.map((id) => {
            const name = templates.find((template) => template.id === id)?.name ?? id;
            return (
              <li key={id}>
                <span className="truncate">{name}</span>
                <IconButton
                  size="small"
                  label={`Leave out ${name}`}
                  icon={<X aria-hidden="true" />}
                  onClick={() => onChange(chosen.filter((one) => one !== id))}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
