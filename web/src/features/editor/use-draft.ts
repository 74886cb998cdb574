import { useEffect, useState } from "react";
import type { Version } from "../../lib/queries/get-versions.ts";
import { useUser } from "../../lib/session.tsx";
import { type Draft, draftOf, dropDraft, readDraft, sameContent, storeDraft } from "./draft.ts";

/**
 * The draft on the screen: what this browser kept, else the version that was opened. Every change is kept at once.
 */
export function useDraft(templateId: string, opened: Version | undefined) {
  const { id: userId } = useUser();
  const start = draftOf(opened);
  const [draft, setDraft] = useState<Draft>(() => readDraft(userId, templateId) ?? start);
  const changed = !sameContent(draft, start);

  useEffect(() => {
    if (changed) storeDraft(userId, templateId, draft);
    else dropDraft(userId, templateId);
  }, [changed, draft, templateId, userId]);

  return {
    draft,
    changed,
    setDraft,
    change: (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part })),
    /** Back to what was opened. */
    discard: () => setDraft(start),
  };
}
