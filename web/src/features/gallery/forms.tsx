import { useState } from "react";
import { Field, TextArea, TextInput } from "../../components/field.tsx";
import { Panel } from "../../components/page.tsx";
import { Picker } from "../../components/picker.tsx";
import { Select } from "../../components/select.tsx";
import styles from "./gallery.module.css";

export function Forms() {
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
