import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { count } from "../lib/format.ts";
import type { PickerOption, PickerProps } from "./picker.tsx";
import popup from "./popup.module.css";

/** Of thousands only so many are drawn; whoever wants another one types a part of its name. */
const MOST_DRAWN = 100;

type PickerPopupProps = PickerProps & { trigger: ReactElement; defaultOpen?: boolean };

export function PickerPopup({
  trigger,
  label,
  options,
  value,
  onChange,
  none,
  disabled,
  defaultOpen,
}: PickerPopupProps) {
  const many = options.length > MOST_DRAWN;
  const all = none === undefined ? options : [{ value: "", label: none }, ...options];
  const chosen = all.find((option) => option.value === (value ?? "")) ?? null;
  // What is chosen is drawn in any case.
  const items = many && chosen ? [chosen, ...all.filter((option) => option !== chosen)] : all;
  return (
    <Combobox.Root
      items={items}
      value={chosen}
      limit={MOST_DRAWN}
      disabled={disabled}
      defaultOpen={defaultOpen}
      onValueChange={(next) => onChange(next?.value || null)}
      isItemEqualToValue={(a, b) => a.value === b.value}
    >
      <Combobox.Trigger render={trigger} />
      <Combobox.Portal>
        <Combobox.Positioner className={popup.positioner} sideOffset={4} align="start">
          <Combobox.Popup className={popup.popup} aria-label={label}>
            <Combobox.Input
              className={popup.search}
              placeholder="Type to find"
              aria-label={`Find: ${label}`}
            />
            <Combobox.Empty className={popup.empty}>Nothing has this name.</Combobox.Empty>
            <Combobox.List>
              {(option: PickerOption) => (
                <Combobox.Item key={option.value} value={option} className={popup.item}>
                  <span className={popup.itemText}>
                    {option.label}
                    {option.hint && <span className={popup.itemHint}>{option.hint}</span>}
                  </span>
                  <Combobox.ItemIndicator className={popup.check}>
                    <Check aria-hidden="true" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
            {many && <p className={popup.groupLabel}>{count(options.length)} in all: type to find one.</p>}
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
