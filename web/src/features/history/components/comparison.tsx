import { useState } from "react";
import { ButtonLink } from "../../../components/button.tsx";
import { VersionDiff } from "../../../components/diff/version-diff.tsx";
import { Select } from "../../../components/select.tsx";
import { WhoCan } from "../../../components/who-can.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { ActivateButton } from "./activate-button.tsx";
import styles from "./history.module.css";
import { Includes } from "./includes.tsx";
import { Labels } from "./labels.tsx";

/** About what fits the three lines that the list gives it. */
const NOTE_IN_LIST = 100;

type ComparisonProps = {
  template: Template;
  versions: Version[];
  /** Without it, what came before is nothing: the first version of all. */
  before: Version | undefined;
  after: Version;
  onLeft: (version: number) => void;
};

const nothing = { messages: [], config: {}, contract: {}, pins: {} };

export function Comparison({ template, versions, before, after, onLeft }: ComparisonProps) {
  const [layout, setLayout] = useState<"inline" | "sides">("inline");
  const others = versions.filter(({ version }) => version !== after.version);
  return (
    <section className={styles.comparison} aria-label={`Version ${after.version}`}>
      <header className={styles.tools}>
        <h2>v{after.version} against</h2>
        <Select
          size="small"
          label="Compare with"
          value={String(before?.version ?? 0)}
          onChange={(value) => onLeft(Number(value))}
          options={[
            ...others.map(({ version }) => ({
              value: String(version),
              label: version === template.active_version ? `v${version} · active` : `v${version}`,
            })),
            { value: "0", label: "nothing" },
          ]}
        />
        <Select
          size="small"
          label="Layout"
          value={layout}
          onChange={setLayout}
          options={[
            { value: "inline", label: "Inline" },
            { value: "sides", label: "Side by side" },
          ]}
        />
        <div className={styles.actions}>
          <WhoCan permission="versions.activate">activate and label versions</WhoCan>
          <ButtonLink size="small" to={paths.editor(template.organization_id, template.id, after.version)}>
            Open in the editor
          </ButtonLink>
          <ActivateButton template={template} versions={versions} target={after} />
        </div>
      </header>
      {after.note.length > NOTE_IN_LIST && <p className={styles.whole}>{after.note}</p>}
      <Labels templateId={template.id} version={after.version} />
      <Includes version={after} />
      <VersionDiff before={before ?? nothing} after={after} sideBySide={layout === "sides"} />
    </section>
  );
}
