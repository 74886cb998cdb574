import { Link } from "react-router";
import { Button } from "../../../components/button.tsx";
import { type IncludeNode, outdatedIn } from "../../../lib/include-tree.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import styles from "./notice.module.css";

type NewerIncludesProps = {
  /** What the opened version includes. */
  tree: readonly IncludeNode[];
  /** Makes a draft that includes the newest, and offers to save it. */
  onPin: () => void;
};

/** A version goes on including what it was saved with; here it is said when that has moved on. */
export function NewerIncludes({ tree, onPin }: NewerIncludesProps) {
  const { id } = useOrganization();
  const may = useCan();
  const outdated = outdatedIn(tree);
  if (outdated.length === 0) return null;
  const own = outdated.filter(({ by }) => by === null);
  const further = outdated.flatMap(({ node, by }) => (by ? [{ node, by }] : []));
  return (
    <div className={styles.notice} role="status">
      <p>
        {own.length > 0 && (
          <>
            This version includes{" "}
            {own.map(({ node }, index) => (
              <span key={node.written}>
                {index > 0 && ", "}
                <Moved node={node} organizationId={id} />
              </span>
            ))}{" "}
            now. It stays so; a new version takes the newer {own.length === 1 ? "one" : "ones"}.{" "}
          </>
        )}
        {further.map(({ node, by }) => (
          <span key={`${by.name} ${node.written}`}>
            <Link to={paths.editor(id, by.templateId)}>
              <code>{by.name}</code>
            </Link>{" "}
            v{by.version} includes <Moved node={node} organizationId={id} /> now; it is pinned to that in{" "}
            <code>{by.name}</code>.{" "}
          </span>
        ))}
      </p>
      {own.length > 0 && may("templates.write") && (
        <Button size="small" onClick={onPin}>
          Pin to the newest
        </Button>
      )}
    </div>
  );
}

function Moved({ node, organizationId }: { node: IncludeNode; organizationId: string }) {
  const { name, version, templateId, newer } = node;
  return (
    <>
      <code>{name}</code> v{version}, of which there is{" "}
      <Link to={paths.history(organizationId, templateId, newer ?? version)}>v{newer}</Link>
    </>
  );
}
