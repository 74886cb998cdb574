import { Button } from "../../../components/button.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { plural } from "../../../lib/format.ts";
import { useCan } from "../../../lib/organization.tsx";
import { useTemplate } from "../../../lib/queries/get-template.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useRebaseAll } from "../api/decide.ts";
import type { RecommendationSummary } from "../api/get-recommendations.ts";
import styles from "./inbox.module.css";

type CarryOverProps = { templateId: string; superseded: RecommendationSummary[] };

/** One press for all rewrites of the version before the newest: accepting one overtakes its neighbours. */
export function CarryOver({ templateId, superseded }: CarryOverProps) {
  const may = useCan();
  const { data: template } = useTemplate(templateId);
  const rebase = useRebaseAll();
  if (!template || !may("recommendations.decide")) return null;
  const newest = Math.max(...superseded.map(({ source_version }) => source_version));
  const rewrites = superseded.filter((one) => one.rewrite && one.source_version === newest);
  if (rewrites.length === 0 || newest >= template.latest_version) return null;
  const { latest_version: latest } = template;
  return (
    <p className={styles.carry}>
      <span>
        {plural(rewrites.length, "rewrite")} for v{newest} may still fit v{latest}.
      </span>
      <Button
        size="small"
        busy={rebase.isPending}
        onClick={() =>
          whenDone(rebase.mutateAsync(rewrites.map(({ id }) => id)), {
            onSuccess: ({ carried, left }) =>
              announce(`${carried} of ${carried + left} carried over to v${latest}`, {
                description:
                  left > 0 ? `The rest would change what v${latest} has changed itself.` : undefined,
              }),
            onError: announceError,
          })
        }
      >
        Carry them over to v{latest}
      </Button>
    </p>
  );
}
