import { Menu as Base } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { type ReactNode, startTransition } from "react";
import { Link } from "react-router";
import type { MenuEntry, MenuProps } from "./menu.tsx";
import popup from "./popup.module.css";

export function MenuPopup({
  trigger,
  align = "end",
  side = "bottom",
  entries,
  defaultOpen,
}: MenuProps & { defaultOpen?: boolean }) {
  return (
    <Base.Root defaultOpen={defaultOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} align={align} side={side}>
          <Base.Popup className={popup.popup}>
            {entries
              .filter((entry) => entry !== false)
              .map((entry, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a menu's entries have no identity but their place
                <Entry key={index} entry={entry} />
              ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case "separator":
      return <Base.Separator className={popup.separator} />;
    case "choice":
      return <Choice {...entry} />;
    case "link":
      return (
        <Base.LinkItem className={popup.item} closeOnClick render={<Link to={entry.to} />}>
          <Words {...entry} />
        </Base.LinkItem>
      );
    default:
      return (
        <Base.Item
          className={clsx(popup.item, entry.danger && popup.danger)}
          // The menu closes first: what the entry opens comes with the next frame.
          onClick={() => startTransition(entry.onSelect)}
          disabled={entry.disabled}
        >
          <Words {...entry} />
        </Base.Item>
      );
  }
}

function Words({ icon, label, hint }: { icon?: ReactNode; label: ReactNode; hint?: ReactNode }) {
  return (
    <>
      {icon}
      <span className={popup.itemText}>
        <span>{label}</span>
        {hint && <span className={popup.itemHint}>{hint}</span>}
      </span>
    </>
  );
}

/** One of several, ticked; choosing closes nothing, so that the effect can be seen. */
function Choice({ label, value, options, onChange }: Extract<MenuEntry, { kind: "choice" }>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={popup.groupLabel}>{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as never)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={popup.item}>
            <span className={popup.itemText}>{option.label}</span>
            <Base.RadioItemIndicator className={popup.check}>
              <Check aria-hidden="true" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}
