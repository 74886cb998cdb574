import { Tooltip } from "@base-ui/react/tooltip";
import { useEffect, useState } from "react";
import { ShortcutKeys } from "./shortcut-keys.tsx";
import styles from "./tooltip.module.css";

const openAfter = 400;

/**
 * The one tooltip of the page. Elements ask for it with `data-tooltip` (and `data-tooltip-keys`), so that a list of a
 * thousand icon buttons costs nothing. It only repeats a name that is already there for screen readers.
 */
export function TooltipLayer() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const find = (event: Event) =>
      (event.target as Element | null)?.closest?.<HTMLElement>("[data-tooltip]") ?? null;
    const show = (event: Event) => {
      clearTimeout(timer);
      const found = find(event);
      // What it opens says more than its name does.
      if (!found || found.hasAttribute("data-popup-open")) return setAnchor(null);
      timer = setTimeout(() => setAnchor(found), event.type === "focusin" ? 0 : openAfter);
    };
    const onFocus = (event: Event) => {
      if ((event.target as Element).matches(":focus-visible")) show(event);
    };
    const hide = () => {
      clearTimeout(timer);
      setAnchor(null);
    };
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && hide();
    document.addEventListener("pointerover", show);
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", hide);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("keydown", onKey);
    return () => {
      hide();
      document.removeEventListener("pointerover", show);
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("keydown", onKey);
    };
  }, []);

  const text = anchor?.dataset.tooltip;
  return (
    <Tooltip.Root open={Boolean(text && anchor?.isConnected)}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} sideOffset={6} className={styles.positioner}>
          <Tooltip.Popup className={styles.popup} aria-hidden="true">
            {text}
            {anchor?.dataset.tooltipKeys && <ShortcutKeys keys={anchor.dataset.tooltipKeys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
