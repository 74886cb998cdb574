import { useCallback, useState } from "react";
import type { Version } from "../../lib/queries/get-versions.ts";
import { useUser } from "../../lib/session.tsx";
import {
  type Content,
  contentOf,
  type Draft,
  dropDraft,
  readDraft,
  sameContent,
  storeDraft,
} from "./draft.ts";

/** Which template is written on: the version whose text is opened, and the newest one there is. */
export type Opened = { templateId: string; version: Version | undefined; newest: number; asked?: number };

/**
 * The draft on the screen: what this browser kept, else the version that is opened. Every change is kept at once.
 * Without a change of one's own, the screen follows the newest version.
 */
export function useDraft({ templateId, version, newest, asked }: Opened) {
  const { id: userId } = useUser();
  const place = { userId, templateId, version: asked };
  const start: Content = contentOf(version);
  const [kept, setEdited] = useState<Draft | undefined>(() => readDraft(place));
  // What was saved a moment ago, here or in another tab, is no draft any more.
  const edited = kept && !sameContent(kept, start) ? kept : undefined;
  const draft: Draft = edited ?? { ...start, base: newest };

  function keep(next: Draft | undefined) {
    const changed = next !== undefined && !sameContent(next, start);
    if (changed) storeDraft(place, next);
    else dropDraft(place);
    setEdited(changed ? next : undefined);
  }
  // The editors of the messages hold on to the function they got first, and must not write with an old draft.
  const latest = { draft, keep };
  const [current] = useState({ value: latest });
  current.value = latest;

  return {
    draft,
    changed: edited !== undefined,
    change: useCallback(
      (part: Partial<Draft>) => current.value.keep({ ...current.value.draft, ...part }),
      [current],
    ),
    /** Back to what was opened; also what to do after a save, whose version is then the one that is opened. */
    discard: useCallback(() => current.value.keep(undefined), [current]),
    /** Saved as this version, which is opened elsewhere: kept no longer, but on the screen until one is there. */
    leave: (saved: number) => {
      dropDraft(place);
      setEdited({ ...draft, base: saved });
    },
  };
}
