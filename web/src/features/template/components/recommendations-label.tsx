import { Badge } from "../../../components/status.tsx";
import { useOpenRecommendations } from "../../../lib/queries/count-open-recommendations.ts";

/** The tab's name, with how many wait for a decision. */
export function RecommendationsLabel({ templateId }: { templateId: string }) {
  const open = useOpenRecommendations(templateId);
  return (
    <>
      Recommendations{" "}
      {open !== undefined && open > 0 && (
        <Badge tone="accent">
          {open}
          <span className="visually-hidden"> open</span>
        </Badge>
      )}
    </>
  );
}
