import { Link } from "react-router";
import type { IncludeNode } from "../lib/include-tree.ts";
import { useOrganization } from "../lib/organization.tsx";
import { paths } from "../lib/paths.ts";
import styles from "./include-tree.module.css";
import { Status } from "./status.tsx";

/** What a version includes and what that includes in turn, each in the version it is served with. */
export function IncludeTree({ nodes }: { nodes: readonly IncludeNode[] }) {
  if (nodes.length === 0) return null;
  return (
    <ul className={styles.tree} aria-label="Includes">
      {nodes.map((node) => (
        <Branch key={node.written} node={node} />
      ))}
    </ul>
  );
}

function Branch({ node }: { node: IncludeNode }) {
  const { id } = useOrganization();
  const { name, version, templateId, newer, deleted, repeated, includes } = node;
  const label = `${name} v${version}`;
  return (
    <li>
      <span className={styles.line}>
        <span className="muted">includes</span>
        {deleted ? (
          <>
            <span className="mono">{label}</span>
            <Status>deleted</Status>
          </>
        ) : (
          <Link to={paths.history(id, templateId, version)} className="mono">
            {label}
          </Link>
        )}
        {newer !== null && (
          <Status tone="warn">
            <span>
              newer version exists: <Link to={paths.history(id, templateId, newer)}>v{newer}</Link>
            </span>
          </Status>
        )}
        {repeated && <span className="muted">with what it includes above</span>}
      </span>
      {includes.length > 0 && (
        <ul aria-label={`Includes of ${label}`}>
          {includes.map((inner) => (
            <Branch key={inner.written} node={inner} />
          ))}
        </ul>
      )}
    </li>
  );
}
