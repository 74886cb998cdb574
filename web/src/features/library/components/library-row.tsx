import { memo } from "react";
import { Link } from "react-router";
import { Badge } from "../../../components/status.tsx";
import { TemplateState } from "../../../components/template-state.tsx";
import { Time } from "../../../components/time.tsx";
import { plural } from "../../../lib/format.ts";
import { paths } from "../../../lib/paths.ts";
import type { RunningAbTest } from "../../../lib/queries/get-running-ab-tests.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import styles from "./library.module.css";

/** Rows stay of one height, however many tags a template has. */
const TAGS_SHOWN = 3;

type LibraryRowProps = { template: Template; test?: RunningAbTest };

export const LibraryRow = memo(function LibraryRow({ template, test }: LibraryRowProps) {
  return (
    <Link to={paths.editor(template.organization_id, template.id)} className={styles.row}>
      <span className={styles.name}>
        <span className={styles.title}>{template.name}</span>
        <span className={styles.description}>{template.description || "No description"}</span>
      </span>
      <span className={styles.tags}>
        {template.tags.slice(0, TAGS_SHOWN).map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
        {template.tags.length > TAGS_SHOWN && (
          <span className="meta" title={template.tags.slice(TAGS_SHOWN).join(", ")}>
            and {template.tags.length - TAGS_SHOWN} more
          </span>
        )}
      </span>
      <TemplateState template={template} test={test} />
      <span className={styles.versions}>{plural(template.latest_version, "version")}</span>
      <span className={styles.when}>
        <Time at={template.updated_at} />
      </span>
    </Link>
  );
});
