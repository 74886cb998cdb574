import type { Includes, Pins } from "@core/prompt/types.ts";
import { Link } from "react-router";
import { Button } from "../../../components/button.tsx";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import styles from "./editor.module.css";

type NewerIncludesProps = {
  opened: Version | undefined;
  /** What the draft would include if it were saved now. */
  includes: Includes | null;
  changed: boolean;
  /** The number a save would have. */
  next: number;
  onSave: () => void;
};

type Move = { name: string; templateId: string; from: number; to: number };

function movesOf(now: Pins, before: Pins): Move[] {
  return Object.entries(now).flatMap(([name, { template_id, version }]) => {
    const pinned = before[name];
    const moved = pinned?.template_id === template_id && pinned.version !== version;
    return moved ? [{ name, templateId: template_id, from: pinned.version, to: version }] : [];
  });
}

/** A version goes on including what it was saved with; here it is said when that has moved on. */
export function NewerIncludes({ opened, includes, changed, next, onSave }: NewerIncludesProps) {
  const { id } = useOrganization();
  const may = useCan();
  const moves = opened && includes ? movesOf(includes.pins, opened.pins) : [];
  if (!opened || moves.length === 0) return null;
  return (
    <div className={styles.conflict} role="status">
      <p>
        This version includes{" "}
        {moves.map(({ name, templateId, from, to }, index) => (
          <span key={name}>
            {index > 0 && ", "}
            <code>{name}</code> v{from}, of which there is{" "}
            <Link to={paths.history(id, templateId, to)}>v{to}</Link>
          </span>
        ))}{" "}
        now. It stays so; a new version takes the newer {moves.length === 1 ? "one" : "ones"}.
      </p>
      {may("templates.write") && !changed && (
        <Button size="small" onClick={onSave}>
          Save v{next} with {moves.length === 1 ? `${moves[0]!.name} v${moves[0]!.to}` : "the newer ones"}
        </Button>
      )}
    </div>
  );
}
