import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Select } from "../../../components/select.tsx";
import { budgetError, type LimitTexts } from "../limits.ts";
import styles from "./keys.module.css";
import { ScopesField } from "./scopes-field.tsx";

type LimitFieldsProps = { limits: LimitTexts; change: (part: Partial<LimitTexts>) => void };

const expiries: { value: LimitTexts["expiry"]; label: string }[] = [
  { value: "never", label: "Never" },
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "date", label: "At the end of a day…" },
];

/** Folded away: a key works without any of them, and each is one more thing to read. */
export function LimitFields({ limits, change }: LimitFieldsProps) {
  return (
    <details className={styles.limits}>
      <summary>Limits</summary>
      <div className={form.form}>
        <ScopesField chosen={limits.scopes} onChange={(scopes) => change({ scopes })} />
        <div className={form.pair}>
          <Field
            label="Monthly budget, in dollars"
            hint="Per calendar month (UTC)."
            error={budgetError(limits)}
          >
            <TextInput
              inputMode="decimal"
              placeholder="No budget"
              value={limits.budget}
              onChange={(event) => change({ budget: event.target.value })}
            />
          </Field>
          <Field label="Requests per minute">
            <TextInput
              type="number"
              min={1}
              max={1_000_000}
              placeholder="No limit"
              value={limits.perMinute}
              onChange={(event) => change({ perMinute: event.target.value })}
            />
          </Field>
          <Field label="Requests at once" hint="Under way at the same time.">
            <TextInput
              type="number"
              min={1}
              max={100_000}
              placeholder="No limit"
              value={limits.atOnce}
              onChange={(event) => change({ atOnce: event.target.value })}
            />
          </Field>
          <Field label="Expires">
            <Select
              label="Expires"
              value={limits.expiry}
              onChange={(expiry) => change({ expiry })}
              options={expiries}
            />
          </Field>
          {limits.expiry === "date" && (
            <Field label="Last day">
              <TextInput
                type="date"
                required
                value={limits.lastDay}
                onChange={(event) => change({ lastDay: event.target.value })}
              />
            </Field>
          )}
        </div>
      </div>
    </details>
  );
}
