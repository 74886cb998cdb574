import type { LoggedRequest } from "@core/replay/logged-cases.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { VARIABLES, withExactVariables } from "../../../lib/exact-variables.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type SavedExample = {
  set_name: string;
  position: number;
  name: string;
  variables: Record<string, unknown>;
};

/** The newest requests that were answered, with their content (admins, policy full). */
export function useLoggedRequests(templateId: string, max: number, enabled: boolean) {
  const { id } = useOrganization();
  return useQuery({
    queryKey: [...keys.replay(id, templateId), "logs", max],
    enabled,
    // What is to be replayed must not change under the person who looks at its cost.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const rows = unwrap(
        await supabase()
          .rpc("replay_cases", { template_id: templateId, max })
          .select(
            `request_id, version, endpoint, obstacle, ${VARIABLES}, client_messages, response, completion_tokens, created_at`,
          ),
      ) as (Omit<LoggedRequest, "variables"> & { variables: string })[];
      return rows.map(withExactVariables) as LoggedRequest[];
    },
  });
}

function examplesOptions(organizationId: string, templateId: string) {
  return queryOptions({
    queryKey: [...keys.replay(organizationId, templateId), "examples"],
    queryFn: async () => {
      const rows = unwrap(
        await supabase()
          .from("prompt_examples")
          .select(`set_name, position, name, ${VARIABLES}`)
          .eq("template_id", templateId)
          .order("set_name")
          .order("position"),
      ) as (Omit<SavedExample, "variables"> & { variables: string })[];
      return rows.map(withExactVariables) as SavedExample[];
    },
  });
}

export function useSavedExamples(templateId: string) {
  return useQuery(examplesOptions(useOrganization().id, templateId));
}
