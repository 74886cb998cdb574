import type { Pins } from "@core/prompt/types.ts";
import { Link } from "react-router";
import { Status } from "../../../components/status.tsx";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { isPartial, useTemplates } from "../../../lib/queries/get-templates.ts";
import styles from "./history.module.css";

/** What a version includes, and which version of that it has been served with since it was saved. */
export function Includes({ pins }: { pins: Pins }) {
  const { id } = useOrganization();
  const { data: templates } = useTemplates();
  const includes = Object.entries(pins).sort(([a], [b]) => a.localeCompare(b));
  if (includes.length === 0) return null;
  const allKnown = templates !== undefined && !isPartial(templates);
  return (
    <ul className={styles.labels} aria-label="Includes">
      {includes.map(([name, { template_id, version }]) => {
        const there = templates?.some((template) => template.id === template_id);
        const label = `${name.replace(/@v\d+$/, "")} v${version}`;
        return (
          <li key={name} className={styles.label}>
            <span className="muted">includes</span>
            {there || !allKnown ? (
              <Link to={paths.history(id, template_id, version)} className="mono">
                {label}
              </Link>
            ) : (
              <>
                <span className="mono">{label}</span>
                <Status>deleted</Status>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
