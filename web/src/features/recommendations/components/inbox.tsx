import { ArrowLeft } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Failed, Skeleton } from "../../../components/states.tsx";
import { type Pile, piles, useRecommendations } from "../api/get-recommendations.ts";
import { groupByVersion } from "../words.ts";
import { CarryOver } from "./carry-over.tsx";
import { Detail } from "./detail.tsx";
import styles from "./inbox.module.css";
import { List } from "./list.tsx";
import { Nothing } from "./nothing.tsx";
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
