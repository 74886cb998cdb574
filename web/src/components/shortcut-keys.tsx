import styles from "./shortcut-keys.module.css";

const isMac = /mac|iphone|ipad/i.test(navigator.platform);
const names: Record<string, string> = isMac
  ? { mod: "⌘", ctrl: "⌃", shift: "⇧", alt: "⌥", enter: "↵", escape: "esc", space: "Space", tab: "⇥" }
  : {
      mod: "Ctrl",
      ctrl: "Ctrl",
      shift: "Shift",
      alt: "Alt",
      enter: "↵",
      escape: "Esc",
      space: "Space",
      tab: "Tab",
    };

/** Shortcuts are written once as "mod+s" and shown as this machine's keyboard calls them. */
export function ShortcutKeys({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split("+").map((key) => (
        <kbd key={key} className={styles.key}>
          {names[key] ?? key.toUpperCase()}
        </kbd>
      ))}
    </span>
  );
}
