import { Select as Base } from "@base-ui/react/select";
import { Check } from "lucide-react";
import popup from "./popup.module.css";
import type { SelectPopupProps } from "./select.tsx";

type Props<T extends string> = SelectPopupProps<T> & { defaultOpen?: boolean };

export function SelectPopup<T extends string>({
  trigger,
  value,
  onChange,
  options,
  disabled,
  defaultOpen,
}: Props<T>) {
  return (
    <Base.Root
      items={options}
      value={value}
      defaultOpen={defaultOpen}
      onValueChange={(next) => next !== null && onChange(next as T)}
      disabled={disabled}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={popup.popup}>
            <Base.List className={popup.list}>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={popup.item}>
                  <span className={popup.itemText}>
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint && <span className={popup.itemHint}>{option.hint}</span>}
                  </span>
                  <Base.ItemIndicator className={popup.check}>
                    <Check aria-hidden="true" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
