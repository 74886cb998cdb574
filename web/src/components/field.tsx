import { Field as Base } from "@base-ui/react/field";
import { clsx } from "clsx";
import type { ComponentProps, KeyboardEvent, ReactNode } from "react";
import styles from "./field.module.css";

type FieldProps = {
  label: ReactNode;
  /** What to write, or what it changes; stays visible while typing. */
  hint?: ReactNode;
  /** Says what to do next; its presence marks the control as invalid. */
  error?: ReactNode;
  /** For a label that would only repeat what stands beside it. */
  hideLabel?: boolean;
  children: ReactNode;
};

/** Label, control, hint and error, tied together for everyone. The control is any of the components below. */
export function Field({ label, hint, error, hideLabel, children }: FieldProps) {
  return (
    <Base.Root className={styles.field} invalid={Boolean(error)}>
      <Base.Label className={clsx(styles.label, hideLabel && "visually-hidden")}>{label}</Base.Label>
      {children}
      {hint && <Base.Description className={styles.hint}>{hint}</Base.Description>}
      {error && (
        <Base.Error className={styles.error} match={true}>
          {error}
        </Base.Error>
      )}
    </Base.Root>
  );
}

type TextInputProps = Omit<ComponentProps<"input">, "className"> & { mono?: boolean };

export function TextInput({ mono, ...rest }: TextInputProps) {
  return (
    <Base.Control
      dir={mono ? undefined : "auto"}
      {...rest}
      className={clsx(styles.input, mono && styles.mono)}
    />
  );
}

type TextAreaProps = Omit<ComponentProps<"textarea">, "className"> & { mono?: boolean };

export function TextArea({ mono, rows = 4, ...rest }: TextAreaProps) {
  return (
    <Base.Control
      render={
        <textarea
          onKeyDown={sendForm}
          dir={mono ? undefined : "auto"}
          {...rest}
          rows={rows}
          className={clsx(styles.input, styles.area, mono && styles.mono)}
        />
      }
    />
  );
}

/** Enter begins a new line here, so ⌘ or Ctrl with it sends the form. */
function sendForm(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
