import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import type { ReactElement } from "react";
import type { PickerOption, PickerProps } from "./picker.tsx";
import popup from "./popup.module.css";

type PickerPopupProps = PickerProps & { trigger: ReactElement; defaultOpen?: boolean };

export function PickerPopup({
  trigger,
  label,
  options,
  value,
  onChange,
  none,
  defaultOpen,
}: PickerPopupProps) {
  const items = none === undefined ? options : [{ value: "", label: none }, ...options];
  const chosen = items.find((option) => option.value === (value ?? "")) ?? null;
  return (
    <Combobox.Root
      items={items}
      value={chosen}
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
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
