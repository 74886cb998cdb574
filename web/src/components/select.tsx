import { ChevronsUpDown } from "lucide-react";
import type { ComponentProps, ReactElement } from "react";
import { Deferred, overlaySource, type Source } from "./deferred.tsx";
import styles from "./select.module.css";

export type SelectOption<T extends string> = { value: T; label: string; hint?: string };

export type SelectProps<T extends string> = {
  /** Names it when no Field around it does. */
  label?: string;
  value: T;
  onChange: (value: T) => void;
  options: SelectOption<T>[];
  disabled?: boolean;
  size?: "small" | "medium";
};

export type SelectPopupProps<T extends string> = SelectProps<T> & { trigger: ReactElement };

// biome-ignore lint/suspicious/noExplicitAny: one piece of code serves selects of every value type
const source: Source<SelectPopupProps<any>> = overlaySource(
  "listbox",
  async () => (await import("./select-popup.tsx")).SelectPopup,
);

/** Versions, say: with more than these, one is found by typing. */
const MANY = 30;
// biome-ignore lint/suspicious/noExplicitAny: as above
const sourceOfMany: Source<any> = overlaySource(
  "listbox",
  async () => (await import("./picker-popup.tsx")).PickerPopup,
);

/** One of a few fixed things. Where none is a choice too, use Picker. */
export function Select<T extends string>(props: SelectProps<T>) {
  const shown = props.options.find((option) => option.value === props.value)?.label ?? props.label;
  const trigger = (
    <SelectTrigger size={props.size} aria-label={props.label} disabled={props.disabled}>
      {shown}
    </SelectTrigger>
  );
  if (props.options.length <= MANY) return <Deferred source={source} props={{ ...props, trigger }} />;
  const onChange = (value: T | null) => value !== null && props.onChange(value);
  return <Deferred key="many" source={sourceOfMany} props={{ ...props, onChange, trigger }} />;
}

type SelectTriggerProps = ComponentProps<"button"> & { size?: "small" | "medium" };

export function SelectTrigger({ size = "medium", children, ...rest }: SelectTriggerProps) {
  return (
    <button
      type="button"
      role="combobox"
      aria-expanded="false"
      aria-controls={undefined}
      {...rest}
      className={styles.trigger}
      data-size={size}
    >
      <span className="truncate">{children}</span>
      <ChevronsUpDown size={14} aria-hidden="true" className={styles.icon} />
    </button>
  );
}
