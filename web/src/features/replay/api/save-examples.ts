import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

type ExampleSet = { set_name: string; examples: { name: string; variables: Record<string, unknown> }[] };

/** Replaces the set as a whole; an empty one is removed. */
export function useSaveExamples(templateId: string) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async (set: ExampleSet) =>
      unwrap(await supabase().rpc("save_example_set", { template_id: templateId, ...set })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.replay(id, templateId) }),
  });
}
