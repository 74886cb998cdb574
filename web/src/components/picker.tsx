import type { ReactElement } from "react";
import { Deferred, overlaySource } from "./deferred.tsx";
import { SelectTrigger } from "./select.tsx";

export type PickerOption = { value: string; label: string; hint?: string };

export type PickerProps = {
  label: string;
  options: PickerOption[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** What no choice means, e.g. "All templates"; it is offered as a choice too. */
  none?: string;
  disabled?: boolean;
  size?: "small" | "medium";
};

const source = overlaySource<PickerProps & { trigger: ReactElement }>(
  "listbox",
  async () => (await import("./picker-popup.tsx")).PickerPopup,
);

/** One of many, found by typing. */
export function Picker(props: PickerProps) {
  const shown =
    props.options.find((option) => option.value === props.value)?.label ?? props.none ?? props.label;
  const trigger = (
    <SelectTrigger size={props.size} role="combobox" aria-label={props.label}>
      {shown}
    </SelectTrigger>
  );
  return <Deferred source={source} props={{ ...props, trigger }} />;
}
