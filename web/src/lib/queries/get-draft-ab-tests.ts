import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

export type DraftAbTest = { id: string; name: string; variants: { letter: string }[] };

function draftAbTestsOptions(organizationId: string, templateId: string) {
  return queryOptions({
    queryKey: [...keys.testList(organizationId), "drafts", templateId],
    queryFn: async () =>
      unwrap(
        await supabase()
          .from("ab_tests")
          .select("id, name, variants:ab_variants(letter)")
          .eq("template_id", templateId)
          .eq("state", "draft")
          .order("created_at", { ascending: false }),
      ) as unknown as DraftAbTest[],
  });
}

/** The tests of a template that have not started, the newest first. */
export function useDraftAbTests(templateId: string) {
  return useQuery(draftAbTestsOptions(useOrganization().id, templateId));
}
