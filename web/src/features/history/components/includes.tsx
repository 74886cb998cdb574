import { ButtonLink } from "../../../components/button.tsx";
import { IncludeTree } from "../../../components/include-tree.tsx";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { useIncludeTree } from "../../../lib/use-include-tree.ts";
import styles from "./history.module.css";

/** What a version has been served with since it was saved, and the way to a draft with what is newer. */
export function Includes({ version }: { version: Version }) {
  const { id } = useOrganization();
  const may = useCan();
  const tree = useIncludeTree(version.template_id, version);
  if (tree.length === 0) return null;
  const movable = tree.some(({ newer }) => newer !== null);
  return (
    <div className={styles.includes}>
      <IncludeTree nodes={tree} />
      {movable && may("templates.write") && (
        <ButtonLink size="small" to={paths.pinToNewest(id, version.template_id, version.version)}>
          Pin to the newest
        </ButtonLink>
      )}
    </div>
  );
}
