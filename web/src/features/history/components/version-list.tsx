import { Badge, Status } from "../../../components/status.tsx";
import { Time } from "../../../components/time.tsx";
import { useNameOf } from "../../../lib/queries/get-people.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { useUser } from "../../../lib/session.tsx";
import { type Label, useLabels } from "../api/labels.ts";
import styles from "./history.module.css";

type VersionListProps = {
  template: Template;
  versions: Version[];
  selected: number;
  onSelect: (version: number) => void;
};

/** The chain, newest on top. */
export function VersionList({ template, versions, selected, onSelect }: VersionListProps) {
  const nameOf = useNameOf(useUser().id);
  const { data: labels = [] } = useLabels(template.id);
  return (
    <ol className={styles.list} aria-label="Versions">
      {versions.map((version) => (
        <li key={version.version}>
          <button
            type="button"
            className={styles.version}
            aria-current={version.version === selected ? "true" : undefined}
            onClick={() => onSelect(version.version)}
          >
            <span className={styles.versionLine}>
              <strong>v{version.version}</strong>
              <LabelsOf names={labels.filter((label) => label.version === version.version)} />
              {template.active_version === version.version && <Status tone="good">active</Status>}
            </span>
            <span className={styles.note}>{version.note || "No note"}</span>
            <span className="meta">
              {nameOf(version.created_by)}, <Time at={version.created_at} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** The others stand above the comparison, where they can be moved and removed. */
const LABELS_SHOWN = 4;

function LabelsOf({ names }: { names: Label[] }) {
  const more = names.length - LABELS_SHOWN;
  return (
    <>
      {names.slice(0, LABELS_SHOWN).map(({ name }) => (
        <Badge key={name}>{name}</Badge>
      ))}
      {more > 0 && <span className="meta">and {more} more</span>}
    </>
  );
}
