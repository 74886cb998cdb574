import { type RefObject, useEffect, useRef } from "react";

/** Where typing begins: the first field, else the button that a confirmation names. Never the cross. */
function firstPlace(popup: HTMLElement | null): HTMLElement | null {
  return (
    popup?.querySelector<HTMLElement>(
      "input:not([type=hidden], :disabled), textarea:not(:disabled), [data-focus-first]",
    ) ?? null
  );
}

/**
 * Where the focus is when a dialog opens, when what it shows is replaced, and when it closes. A dialog's own code may
 * come after the dialog; what opened it may be gone when it closes (a menu's entry, a row, an empty state's button).
 */
export function useDialogFocus(popup: RefObject<HTMLDivElement | null>) {
  const opener = useRef<HTMLElement | null>(null);
  return {
    initialFocus: (how: string) => {
      opener.current = openedBy(document.activeElement);
      // A finger gets no keyboard it did not ask for.
      return how === "touch" ? true : (firstPlace(popup.current) ?? popup.current);
    },
    finalFocus: () => {
      const { current } = opener;
      if (current === null || current === document.body) return true;
      return current.isConnected ? current : document.getElementById("page");
    },
  };
}

/** A menu's entry goes away with its menu; the button that opened the menu stays. */
function openedBy(focused: Element | null): HTMLElement | null {
  const trigger = focused?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return (trigger ? document.getElementById(trigger) : focused) as HTMLElement | null;
}

/**
 * Stands in an open dialog, takes the focus into what comes later, and back from the page behind. By a Tab it gets there
 * when it is faster than the frame in which the end leads to the beginning: it goes on at the beginning. By itself when
 * something that closed before gives it back to the page late: it returns to where it was, or to where typing begins.
 */
export function LaterFocus({ popup }: { popup: RefObject<HTMLDivElement | null> }) {
  useEffect(() => {
    const dialog = popup.current;
    if (!dialog) return;
    let held: HTMLElement | null = null;
    let tabbing = false;
    const hold = (event: FocusEvent) => {
      if (event.target !== dialog) held = event.target as HTMLElement;
    };
    const press = ({ key }: KeyboardEvent) => {
      tabbing = key === "Tab";
    };
    const observer = new MutationObserver(() => {
      const lost = held !== null && !held.isConnected;
      const idle = held === null && document.activeElement === dialog;
      if (lost || idle) firstPlace(dialog)?.focus();
    });
    const keepIn = ({ target }: FocusEvent) => {
      if (!dialog.hasAttribute("data-open") || !(target as Element).closest("#root")) return;
      const back = tabbing ? dialog : held?.isConnected ? held : firstPlace(dialog);
      (back ?? dialog).focus();
    };
    dialog.addEventListener("focusin", hold);
    document.addEventListener("focusin", keepIn);
    document.addEventListener("keydown", press, true);
    observer.observe(dialog, { childList: true, subtree: true });
    return () => {
      dialog.removeEventListener("focusin", hold);
      document.removeEventListener("focusin", keepIn);
      document.removeEventListener("keydown", press, true);
      observer.disconnect();
    };
  }, [popup]);
  return null;
}
