import { Id } from "../../components/copy.tsx";
import { ErrorNote } from "../../components/error-note.tsx";
import { Panel } from "../../components/page.tsx";
import { Badge, Status } from "../../components/status.tsx";
import { Tabs } from "../../components/tabs.tsx";
import { Time } from "../../components/time.tsx";
import { AppError } from "../../lib/errors.ts";
import { dollars } from "../../lib/format.ts";
import styles from "./gallery.module.css";

export function Marks() {
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

export function Faces() {
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
