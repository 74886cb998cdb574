import { useState } from "react";
import { Button, ButtonLink } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { VersionDiff } from "../../../components/diff/version-diff.tsx";
import { Select } from "../../../components/select.tsx";
import { announce } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useActivateVersion } from "../../../lib/queries/activate-version.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import styles from "./history.module.css";
import { Labels } from "./labels.tsx";

type ComparisonProps = {
  template: Template;
  versions: Version[];
  before: Version;
  after: Version;
  onLeft: (version: number) => void;
};

export function Comparison({ template, versions, before, after, onLeft }: ComparisonProps) {
  const [layout, setLayout] = useState<"inline" | "sides">("inline");
  const first = after.parent_version === null && before.version === after.version;
  const nothing = { messages: [], config: {}, contract: {} };
  return (
    <section className={styles.comparison} aria-label={`Version ${after.version}`}>
      <header className={styles.tools}>
        <h2>v{after.version} against</h2>
        <Select
          size="small"
          label="Compare with"
          value={String(before.version)}
          onChange={(value) => onLeft(Number(value))}
          options={versions.map(({ version }) => ({ value: String(version), label: `v${version}` }))}
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
          <ButtonLink size="small" to={paths.editor(template.organization_id, template.id, after.version)}>
            Open in the editor
          </ButtonLink>
          <Activate template={template} versions={versions} target={after} />
        </div>
      </header>
      <Labels templateId={template.id} version={after.version} />
      <VersionDiff before={first ? nothing : before} after={after} sideBySide={layout === "sides"} />
    </section>
  );
}

type ActivateProps = { template: Template; versions: Version[]; target: Version };

/** Activating an older version is a roll-back; either way what will change for requests is shown first. */
function Activate({ template, versions, target }: ActivateProps) {
  const may = useCan();
  const activate = useActivateVersion();
  const active = versions.find(({ version }) => version === template.active_version);
  if (!may("versions.activate") || active?.version === target.version) return null;
  const back = active !== undefined && target.version < active.version;
  const action = back ? `Roll back to v${target.version}` : `Activate v${target.version}`;

  async function run() {
    await activate.mutateAsync({ templateId: template.id, version: target.version });
    announce(`v${target.version} is active`);
  }

  return (
    <Confirm
      wide={active !== undefined}
      trigger={
        <Button size="small" look="primary">
          {action}
        </Button>
      }
      title={`${action}?`}
      action={action}
      onConfirm={run}
    >
      <p className="muted">Every request that begins after this gets v{target.version}.</p>
      {active && <VersionDiff before={active} after={target} />}
    </Confirm>
  );
}
