import { ArrowLeft } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Empty, Failed, Skeleton } from "../../../components/states.tsx";
import { useCan } from "../../../lib/organization.tsx";
import { type Pile, piles, useRecommendations } from "../api/get-recommendations.ts";
import { useJobs } from "../api/jobs.ts";
import { groupByVersion } from "../words.ts";
import { CarryOver } from "./carry-over.tsx";
import { Detail } from "./detail.tsx";
import styles from "./inbox.module.css";
import { List } from "./list.tsx";
import { Outcomes } from "./outcomes.tsx";

const views = {
  open: "Open",
  superseded: "Superseded",
  decided: "Decided",
  outcomes: "Predicted and measured",
} as const;
type View = keyof typeof views;

/** Recommendations of the organization or of one template: the list to the left, one of them to the right. */
export function Inbox({ templateId }: { templateId?: string }) {
  const [search] = useSearchParams();
  const view = (search.get("view") ?? "open") as View;
  return (
    <>
      <nav aria-label="Which recommendations" className={styles.views}>
        {(Object.keys(views) as View[]).map((one) => (
          <Link
            key={one}
            to={one === "open" ? "?" : `?view=${one}`}
            aria-current={one === view ? "page" : undefined}
          >
            {views[one]}
          </Link>
        ))}
      </nav>
      {view in piles ? (
        <PileView key={view} pile={view as Pile} templateId={templateId} />
      ) : (
        <Outcomes templateId={templateId} />
      )}
    </>
  );
}

function PileView({ pile, templateId }: { pile: Pile; templateId?: string }) {
  const query = useRecommendations(pile, templateId);
  const [search, setSearch] = useSearchParams();
  const chosen = search.get("id");
  const show = (id: string | null) =>
    setSearch((current) => {
      if (id) current.set("id", id);
      else current.delete("id");
      return current;
    });
  if (query.isPending) return <Skeleton lines={6} />;
  if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const all = query.data?.pages.flat() ?? [];
  if (all.length === 0 && !chosen) return <Nothing pile={pile} templateId={templateId} />;
  const groups = groupByVersion(all);
  const opened = chosen ?? groups[0]?.items[0]?.id;
  return (
    <>
      {pile === "superseded" && templateId && <CarryOver templateId={templateId} superseded={all} />}
      <div className={styles.inbox} data-chosen={chosen !== null}>
        <div className={styles.list}>
          {all.length === 0 && <p className="muted">Nothing is {views[pile].toLowerCase()} any more.</p>}
          <List groups={groups} opened={opened} named={templateId === undefined} />
          {query.hasNextPage && (
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show older ones
            </Button>
          )}
        </div>
        <div className={styles.detail}>
          <div className={styles.back}>
            <Button
              look="quiet"
              size="small"
              icon={<ArrowLeft aria-hidden="true" />}
              onClick={() => show(null)}
            >
              All recommendations
            </Button>
          </div>
          {opened && <Detail key={opened} id={opened} onShow={show} />}
        </div>
      </div>
    </>
  );
}

function Nothing({ pile, templateId }: { pile: Pile; templateId?: string }) {
  const may = useCan();
  const { data: jobs = [] } = useJobs(templateId);
  if (pile === "superseded")
    return (
      <Empty title="Nothing is superseded">
        When a new version is saved, what was suggested for the one before waits here and can be carried over.
      </Empty>
    );
  if (pile === "decided")
    return (
      <Empty title="Nothing decided yet">
        What was accepted, edited or dismissed stays here, with who decided and why.
      </Empty>
    );
  if (jobs.some(({ finished_at }) => finished_at === null))
    return <Empty title="Being looked over">What is found appears here when the job has ended.</Empty>;
  return (
    <Empty
      title="Nothing open"
      example={"“The answer should be written in French.”\n“Write the answer in French.”   −2 tokens"}
    >
      {templateId
        ? may("recommendations.decide")
          ? "“Ask for recommendations” has the newest version looked over for passive voice, an unclear role, missing limits, contradictions and words that only cost tokens."
          : "A member can have the newest version looked over."
        : "Open a template and its Recommendations tab to have its newest version looked over. What is found waits here for a decision."}
    </Empty>
  );
}
