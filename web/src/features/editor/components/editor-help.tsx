import { Keyboard } from "lucide-react";
import { IconButton } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { ShortcutKeys } from "../../../components/shortcut-keys.tsx";
import type { Shortcut } from "../../../lib/use-shortcuts.ts";
import styles from "./editor-bar.module.css";

type EditorHelpProps = {
  shortcuts: readonly Shortcut[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What the code editor itself brings; the rest is what the editor's page listens to. */
const inText: [keys: string, does: string][] = [
  ["mod+f", "Find and replace in a message"],
  ["mod+z", "Undo"],
  ["mod+shift+z", "Redo"],
  ["ctrl+space", "What can stand here: variables, filters, tests"],
  ["escape", "Close what is open"],
  ["tab", "On to the next thing on the page"],
];

export function EditorHelp({ shortcuts, open, onOpenChange }: EditorHelpProps) {
  const all: [string, string][] = [
    ["mod+k", "Go anywhere, do anything"],
    ...shortcuts.map(({ keys, does }): [string, string] => [keys, does]),
    ...inText,
  ];
  return (
    <Dialog
      shape="sheet"
      title="Keyboard"
      open={open}
      onOpenChange={onOpenChange}
      trigger={<IconButton label="Keyboard shortcuts" keys="mod+/" icon={<Keyboard aria-hidden="true" />} />}
    >
      <dl className={styles.keys}>
        {all.map(([keys, does]) => (
          <div key={keys}>
            <dt>{does}</dt>
            <dd>
              <ShortcutKeys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
