import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Page } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Select } from "../../../components/select.tsx";
import { Empty } from "../../../components/states.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { useRequestRecommendations } from "../api/decide.ts";
import { type Recommendation, useRecommendations } from "../api/get-recommendations.ts";
import { RecommendationCard } from "./recommendation-card.tsx";
import styles from "./recommendations.module.css";

export function RecommendationsPage() {
  return (
    <Page title="Recommendations" lead="Suggested texts, with reasons. None applies itself." width="list">
      <List />
    </Page>
  );
}

export function TemplateRecommendationsPage() {
  const template = useOpenTemplate();
  const may = useCan();
  const request = useRequestRecommendations();
  const look = may("recommendations.decide") && template.latest_version > 0 && (
    <Button
      busy={request.isPending}
      onClick={() =>
        request.mutate(template.id, {
          onSuccess: () => announce(`v${template.latest_version} was looked over`),
          onError: announceError,
        })
      }
    >
      Look v{template.latest_version} over
    </Button>
  );
  return (
    <div className={styles.tab}>
      <div className={styles.tools}>{look}</div>
      <List templateId={template.id} />
    </div>
  );
}

function List({ templateId }: { templateId?: string }) {
  const [show, setShow] = useState<"open" | "decided">("open");
  const mine = (one: Recommendation) =>
    (templateId === undefined || one.template_id === templateId) &&
    (one.state === "open") === (show === "open");
  return (
    <>
      <Select
        label="Show"
        value={show}
        onChange={setShow}
        options={[
          { value: "open", label: "Open" },
          { value: "decided", label: "Decided" },
        ]}
      />
      <QueryView
        query={useRecommendations()}
        isEmpty={(all) => !all.some(mine)}
        empty={
          <Empty title={show === "open" ? "Nothing open" : "Nothing decided yet"}>
            A template's Recommendations tab has a version looked over for passive voice, missing limits,
            contradictions and words that cost tokens and say nothing.
          </Empty>
        }
      >
        {(all) => (
          <ul className={styles.list}>
            {all.filter(mine).map((one) => (
              <li key={one.id}>
                <RecommendationCard recommendation={one} />
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </>
  );
}
