import { type ReactNode, useEffect, useState } from "react";
import { Field, TextArea } from "./field.tsx";

type JsonFieldProps = {
  label: string;
  hint?: ReactNode;
  /** Undefined is an empty field. */
  value: unknown;
  rows?: number;
  readOnly?: boolean;
  placeholder?: string;
  /** A sentence when the value is JSON but not what is meant. */
  problemOf?: (value: unknown) => string | undefined;
  /** Only with what can be understood. */
  onChange: (value: unknown) => void;
};

const textOf = (value: unknown) => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** A value written as JSON. What cannot be read stays in the field with the reason, and changes nothing. */
export function JsonField(props: JsonFieldProps) {
  const { label, hint, value, rows = 5, readOnly, placeholder, problemOf, onChange } = props;
  const [text, setText] = useState(() => textOf(value));
  const [problem, setProblem] = useState<string>();

  // Changed from outside (another version, a merge), unless it says what is written here already.
  useEffect(() => {
    setText((current) => (sameJson(current, value) ? current : textOf(value)));
    setProblem(undefined);
  }, [value]);

  function change(next: string) {
    setText(next);
    const read = readJson(next);
    const found =
      "error" in read ? read.error : read.value === undefined ? undefined : problemOf?.(read.value);
    setProblem(found);
    if (found === undefined && "value" in read) onChange(read.value);
  }

  return (
    <Field label={label} hint={hint} error={problem}>
      <TextArea
        mono
        rows={rows}
        readOnly={readOnly}
        placeholder={placeholder}
        spellCheck={false}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
    </Field>
  );
}

function readJson(text: string): { value: unknown } | { error: string } {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch (reason) {
    return { error: `Not JSON yet: ${(reason as Error).message}. The draft keeps the last value that was.` };
  }
}

function sameJson(text: string, value: unknown): boolean {
  const read = readJson(text);
  return "value" in read && JSON.stringify(read.value) === JSON.stringify(value);
}
