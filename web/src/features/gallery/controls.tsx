import { Play, Plus, Search, Trash2 } from "lucide-react";
import { Button, IconButton } from "../../components/button.tsx";
import { Confirm } from "../../components/confirm.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Field, TextInput } from "../../components/field.tsx";
import { Menu } from "../../components/menu.tsx";
import { Panel } from "../../components/page.tsx";
import { ShortcutKeys } from "../../components/shortcut-keys.tsx";
import { announce } from "../../lib/announce.ts";
import styles from "./gallery.module.css";

export function Controls() {
  return (
    <Panel title="Controls" lead="One primary per view.">
      <div className={styles.row}>
        <Button look="primary">Activate v4</Button>
        <Button icon={<Plus aria-hidden="true" />}>New template</Button>
        <Button look="quiet">Cancel</Button>
        <Button look="danger">Delete support-agent</Button>
      </div>
      <div className={styles.row}>
        <Button look="primary" busy>
          Saving
        </Button>
        <Button disabled>Nothing to save</Button>
        <Button size="small" icon={<Play aria-hidden="true" />}>
          Run
        </Button>
        <IconButton label="Search" keys="mod+k" icon={<Search aria-hidden="true" />} />
        <ShortcutKeys keys="mod+shift+s" />
      </div>
      <div className={styles.row}>
        <Dialog
          trigger={<Button>Open dialog</Button>}
          title="New template"
          description="A name your code will call it by."
        >
          <Field label="Name" hint="Lower-case letters, digits and hyphens.">
            <TextInput mono defaultValue="support-agent" />
          </Field>
          <DialogActions>
            <Button look="primary">Create template</Button>
          </DialogActions>
        </Dialog>
        <Confirm
          trigger={<Button>Open confirmation</Button>}
          title="Delete support-agent?"
          action="Delete support-agent"
          danger
          typed="support-agent"
          onConfirm={async () => announce("support-agent deleted", { undo: () => {} })}
        >
          Requests that name it get a 404 from now on. Its versions and audit entries are kept, and it can be
          restored.
        </Confirm>
        <Menu
          trigger={<Button>Open menu</Button>}
          entries={[
            { label: "Activate v3", hint: "v2 answers until then", onSelect: () => announce("v3 is active") },
            { kind: "separator" },
            { label: "Delete", danger: true, icon: <Trash2 aria-hidden="true" />, onSelect: () => {} },
          ]}
        />
        <Button onClick={() => announce("v3 is active", { undo: () => {} })}>Announce</Button>
      </div>
    </Panel>
  );
}
