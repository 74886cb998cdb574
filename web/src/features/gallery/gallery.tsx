import { Play, Plus, Search, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../components/button.tsx";
import { Confirm } from "../../components/confirm.tsx";
import { Id } from "../../components/copy.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { ErrorNote } from "../../components/error-note.tsx";
import { Field, TextArea, TextInput } from "../../components/field.tsx";
import { Menu } from "../../components/menu.tsx";
import { Page, Panel } from "../../components/page.tsx";
import { Picker } from "../../components/picker.tsx";
import { Select } from "../../components/select.tsx";
import { ShortcutKeys } from "../../components/shortcut-keys.tsx";
import { Empty, Failed, NotAllowed, Skeleton } from "../../components/states.tsx";
import { Badge, Status } from "../../components/status.tsx";
import table from "../../components/table.module.css";
import { Tabs } from "../../components/tabs.tsx";
import { Time } from "../../components/time.tsx";
import { announce } from "../../lib/announce.ts";
import { AppError } from "../../lib/errors.ts";
import { dollars, milliseconds } from "../../lib/format.ts";
import styles from "./gallery.module.css";

const rows = [
  { id: "01936a2c-55aa-7d3e-9a1b-3f0c6d1e2a44", version: 3, ms: 812, cost: 415_000, ok: true, minutes: 1 },
  { id: "01936a2c-4f10-7c11-8b60-91aa02c3d7f0", version: 2, ms: 1540, cost: 1_204_000, ok: true, minutes: 3 },
  { id: "01936a2b-e0b1-7d00-b2c4-0e9f1a7b6c55", version: 3, ms: 30_000, cost: null, ok: false, minutes: 95 },
];

/** Every component on one page: for looking at them together, in both themes, and for axe. Linked from nowhere. */
export function Gallery() {
  return (
    <main>
      <Page title="Components" lead="Everything the pages are made of, in the theme you are in.">
        <div className={styles.columns}>
          <Controls />
          <Forms />
          <Marks />
          <Faces />
        </div>
        <Rows />
        <States />
      </Page>
    </main>
  );
}

function Controls() {
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

function Forms() {
  const [role, setRole] = useState("system");
  const [template, setTemplate] = useState<string | null>(null);
  return (
    <Panel title="Forms">
      <div className={styles.stack}>
        <Field label="E-mail" hint="Where invitations to you are sent.">
          <TextInput type="email" placeholder="you@company.com" />
        </Field>
        <Field label="Password" error="This password is too easy to guess. Use at least eight characters.">
          <TextInput type="password" defaultValue="1234" />
        </Field>
        <Field label="Note">
          <TextArea rows={2} defaultValue="Shorter greeting, asks for the order number first." />
        </Field>
        <div className={styles.row}>
          <Select
            label="Role of the message"
            value={role}
            onChange={setRole}
            options={[
              { value: "system", label: "system", hint: "Who the model is" },
              { value: "user", label: "user" },
              { value: "assistant", label: "assistant" },
            ]}
          />
          <Picker
            label="Template"
            none="All templates"
            value={template}
            onChange={setTemplate}
            options={["support-agent", "summarise-call", "triage-ticket"].map((name) => ({
              value: name,
              label: name,
            }))}
          />
        </div>
      </div>
    </Panel>
  );
}

function Marks() {
  return (
    <Panel title="Marks" lead="A state is one dot and one word.">
      <div className={styles.row}>
        <Status tone="good">active</Status>
        <Status tone="accent" pulse>
          A/B 60 / 40
        </Status>
        <Status>draft</Status>
        <Status tone="warn">paused</Status>
        <Status tone="bad">failed</Status>
      </div>
      <div className={styles.row}>
        <Badge>v3</Badge>
        <Badge tone="accent">estimate</Badge>
        <Badge tone="good">chain verified</Badge>
        <Badge tone="warn">fake provider</Badge>
        <Badge tone="bad">not verified</Badge>
      </div>
      <div className={styles.row}>
        <Id value="tpl_01J9ZQ4W8Y" what="template id" />
        <Time at={new Date(Date.now() - 180_000)} />
      </div>
      <ErrorNote
        error={
          new AppError("NM010", "Version 4 was saved while you were writing.", {
            remedy: "Compare it with yours and save again.",
          })
        }
      />
    </Panel>
  );
}

function Faces() {
  return (
    <Panel title="Faces of one thing">
      <Tabs
        label="Preview"
        tabs={[
          { value: "sent", label: "As sent", content: <p>You are a support agent. Answer in English.</p> },
          { value: "variables", label: "Variables", content: <p>role, lang</p> },
          { value: "cost", label: "Cost", content: <p>{dollars(415_000)} a request, estimate</p> },
        ]}
      />
    </Panel>
  );
}

function Rows() {
  return (
    <Panel title="Requests" lead="Numbers are small, exact and aligned." flush>
      <div className={table.scroller} style={{ marginTop: 8 }}>
        <table className={table.table}>
          <thead>
            <tr>
              <th>Request</th>
              <th>Status</th>
              <th>Version</th>
              <th className={table.number}>Latency</th>
              <th className={table.number}>Cost</th>
              <th>When</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Id value={row.id} short what="request id" />
                </td>
                <td>
                  {row.ok ? (
                    <Status tone="good">200</Status>
                  ) : (
                    <Status tone="bad">504 upstream_timeout</Status>
                  )}
                </td>
                <td>v{row.version}</td>
                <td className={table.number}>{milliseconds(row.ms)}</td>
                <td className={table.number}>{dollars(row.cost)}</td>
                <td>
                  <Time at={new Date(Date.now() - row.minutes * 60_000)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function States() {
  return (
    <div className={styles.columns}>
      <Panel>
        <Empty
          title="No requests yet"
          action={<Button look="primary">Show me how to call it</Button>}
          example={'model: "nemo/support-agent"\nnemo_prompt_variables: { role: "support agent" }'}
        >
          Requests appear here the moment the gateway has answered them.
        </Empty>
      </Panel>
      <Panel>
        <Failed
          error={
            new AppError("unreachable", "The server did not answer.", { remedy: "Check your connection." })
          }
          retry={() => {}}
        />
      </Panel>
      <Panel>
        <NotAllowed what="The audit log" takes="admin" />
      </Panel>
      <Panel title="Loading">
        <Skeleton lines={3} />
      </Panel>
    </div>
  );
}
