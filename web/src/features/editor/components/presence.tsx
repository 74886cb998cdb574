import { useNameOf } from "../../../lib/queries/get-people.ts";
import { useUser } from "../../../lib/session.tsx";
import type { Present } from "../use-presence.ts";
import styles from "./editor-bar.module.css";

const shown = 3;

/** Who else has this open, so that two people do not write the same sentence twice. */
export function Presence({ others }: { others: Present[] }) {
  const nameOf = useNameOf(useUser().id);
  if (others.length === 0) return null;
  return (
    <ul className={styles.presence} aria-label="Also here">
      {others.slice(0, shown).map(({ userId, writing }) => {
        const name = nameOf(userId);
        const says = writing ? `${name} is writing here` : `${name} has this open`;
        return (
          <li key={userId} className={styles.present} data-writing={writing} title={says}>
            <span aria-hidden="true">{name.slice(0, 1).toUpperCase()}</span>
            <span className="visually-hidden">{says}</span>
          </li>
        );
      })}
      {others.length > shown && <li className="meta">{others.length - shown} more</li>}
    </ul>
  );
}
