import type { Includes } from "@core/prompt/types.ts";
import { useDraftIncludes, useVersionIncludes } from "../../lib/queries/get-includes.ts";
import type { Message, Version } from "../../lib/queries/get-versions.ts";

type Shown = {
  templateId: string;
  opened: Version | undefined;
  messages: readonly Message[];
  /** Whether the messages are no longer the opened version's. */
  changed: boolean;
};

/**
 * A saved version includes what it was saved with, however much newer that is by now; a draft, what a save would pin.
 * Undefined until it is known: nothing can be said of the text without it.
 */
export function useShownIncludes({
  templateId,
  opened,
  messages,
  changed,
}: Shown): Includes | null | undefined {
  // Asked in either case: the tree beside the text is of the opened version.
  const { data: saved = null, isPending } = useVersionIncludes(templateId, opened);
  const wouldInclude = useDraftIncludes(templateId, changed ? messages : [], saved);
  if (changed) return wouldInclude;
  return isPending ? undefined : saved;
}
