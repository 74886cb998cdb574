import { includeMessages } from "@core/prompt/include-tags.ts";
import type { Includes } from "@core/prompt/types.ts";
import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";
import type { Message, Version } from "./get-versions.ts";

/** What a version was saved with; null, without asking, when it has no tag that includes anything. */
export async function getVersionIncludes({
  template_id,
  version,
  messages,
}: Pick<Version, "template_id" | "version" | "messages">): Promise<Includes | null> {
  if (!includeMessages(messages)) return null;
  return unwrap(await supabase().rpc("prompt_includes", { template_id, version })) as unknown as Includes;
}

export function useVersionIncludes(templateId: string, version: Version | undefined) {
  return useQuery({
    queryKey: [...keys.versionIncludes(useOrganization().id), templateId, version?.version ?? null],
    queryFn: () => (version ? getVersionIncludes(version) : null),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/**
 * What a draft would include if it were saved now. Asked again only when a tag that includes something changes;
 * until the first answer is here it is `meanwhile`, what the version it was begun on includes, or not known.
 */
export function useDraftIncludes(
  templateId: string,
  draft: readonly Message[],
  meanwhile: Includes | null,
): Includes | null | undefined {
  const { id } = useOrganization();
  const messages = includeMessages(draft);
  const { data = null, isPending } = useQuery({
    queryKey: [...keys.draftIncludes(id), templateId, messages],
    queryFn: async () =>
      unwrap(
        await supabase().rpc("prompt_includes", { template_id: templateId, messages }),
      ) as unknown as Includes,
    enabled: messages !== null,
    placeholderData: (before) => before ?? meanwhile ?? undefined,
  });
  if (messages === null) return null;
  return isPending ? undefined : data;
}
