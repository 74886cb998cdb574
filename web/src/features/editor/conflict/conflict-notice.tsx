import { GitMerge } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Skeleton } from "../../../components/states.tsx";
import { useNameOf } from "../../../lib/queries/get-people.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { useUser } from "../../../lib/session.tsx";
import styles from "../components/notice.module.css";
import { type Content, contentOf, type Draft } from "../draft.ts";

const ConflictView = lazy(async () => ({ default: (await import("./conflict-view.tsx")).ConflictView }));

type ConflictNoticeProps = {
  versions: Version[];
  draft: Draft;
  onMerged: (merged: Draft) => void;
};

/** Somebody saved while this draft was written: said at once, and not only when saving is refused. */
export function ConflictNotice({ versions, draft, onMerged }: ConflictNoticeProps) {
  const nameOf = useNameOf(useUser().id);
  const theirs = versions[0];
  if (!theirs || theirs.version <= draft.base) return null;
  const begun = versions.find(({ version }) => version === draft.base);
  const base: Content = begun ? contentOf(begun) : { messages: [], config: {}, contract: {} };
  const author = nameOf(theirs.created_by);
  const title = `Join your draft with v${theirs.version}`;
  return (
    <div className={styles.notice} role="alert">
      <p>
        <strong>
          {author} saved v{theirs.version}
        </strong>{" "}
        while you were writing{begun ? ` on v${draft.base}` : ""}. Your draft is kept; join the two before you
        save.
      </p>
      <Dialog
        shape="wide"
        title={title}
        trigger={
          <Button look="primary" size="small" icon={<GitMerge aria-hidden="true" />}>
            Compare and join
          </Button>
        }
      >
        <Suspense fallback={<Skeleton lines={4} />}>
          <ConflictView
            base={{ name: begun ? `v${draft.base}` : "the beginning", content: base }}
            theirs={{ name: `v${theirs.version}`, author, content: contentOf(theirs) }}
            mine={draft}
            onMerged={(merged) => onMerged({ ...merged, base: theirs.version })}
          />
        </Suspense>
      </Dialog>
    </div>
  );
}
