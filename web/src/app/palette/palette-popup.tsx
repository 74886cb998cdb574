import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import type { BaseUIEvent } from "@base-ui/react/types";
import { type KeyboardEvent, type Ref, useDeferredValue, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import dialog from "../../components/dialog.module.css";
import popup from "../../components/popup.module.css";
import { ShortcutKeys } from "../../components/shortcut-keys.tsx";
import { useCan, useOrganization } from "../../lib/organization.tsx";
import { useTemplates } from "../../lib/queries/get-templates.ts";
import { setTheme } from "../../lib/theme.ts";
import { shortcutsHere } from "../../lib/use-shortcuts.ts";
import type { EarlyKeys } from "./early-keys.ts";
import { type Entry, type Group, groupsFor } from "./entries.ts";
import styles from "./palette.module.css";

type PalettePopupProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What was typed before the field had the focus; after that, typing is the field's. */
  takeEarlyKeys: () => EarlyKeys | undefined;
};

export function PalettePopup({ open, onOpenChange, takeEarlyKeys }: PalettePopupProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup
          className={`${dialog.popup} ${dialog.dialog} ${styles.palette}`}
          aria-label="Go anywhere"
          initialFocus={input}
        >
          <Search input={input} takeEarlyKeys={takeEarlyKeys} close={() => onOpenChange(false)} />
          {/* Last, because the first thing that can be focused gets the focus, and the words that are typed. */}
          <Dialog.Close className="visually-hidden">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type SearchProps = Pick<PalettePopupProps, "takeEarlyKeys"> & {
  input: Ref<HTMLInputElement>;
  close: () => void;
};

function Search({ input, takeEarlyKeys, close }: SearchProps) {
  const { id: organizationId } = useOrganization();
  const { templateId } = useParams();
  const { data: templates = [] } = useTemplates();
  const may = useCan();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  // What the page can do is what it could when the palette was opened.
  const [here] = useState(shortcutsHere);
  const open = templates.find(({ id }) => id === templateId);
  const go = (to: string) => void navigate(to);
  const world = { organizationId, may, go, setTheme, here, templates, open };
  const listed = useDeferredValue(typed);
  const groups = groupsFor(world, listed);

  function run(entry: Entry) {
    close();
    // After the focus has gone back to the page: some actions move it on.
    setTimeout(entry.run);
  }

  /** Enter means the first of what is typed, also when it comes before the list has followed. */
  function pressed(event: BaseUIEvent<KeyboardEvent>) {
    if (event.key !== "Enter" || listed === typed) return;
    event.preventBaseUIHandler();
    runFirst(typed);
  }

  function runFirst(words: string) {
    const first = groupsFor(world, words)[0]?.items[0];
    if (first) run(first);
  }

  function begin() {
    const early = takeEarlyKeys();
    if (!early) return;
    setTyped(early.words);
    if (early.entered) runFirst(early.words);
  }

  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups}
      autoHighlight="always"
      keepHighlight
      value={typed}
      onValueChange={(value) => setTyped(value)}
      itemToStringValue={(entry: Entry) => entry.label}
    >
      <Autocomplete.Input
        ref={input}
        onFocus={begin}
        onKeyDown={pressed}
        className={styles.input}
        aria-label="Go anywhere, do anything"
        placeholder="Find a template or a page"
      />
      <div className={styles.list}>
        <Autocomplete.Empty>
          {groups.length === 0 && <p className={styles.empty}>Nothing is called “{typed}”.</p>}
        </Autocomplete.Empty>
        <Autocomplete.List className={popup.list}>
          {(group: Group) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className={styles.group}>{group.value}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(entry: Entry) => (
                  <Autocomplete.Item
                    key={entry.value}
                    value={entry}
                    className={popup.item}
                    onClick={() => run(entry)}
                  >
                    <span className={popup.itemText}>
                      {entry.label}
                      {entry.hint && <span className={popup.itemHint}>{entry.hint}</span>}
                    </span>
                    {entry.keys && <ShortcutKeys keys={entry.keys} />}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}
