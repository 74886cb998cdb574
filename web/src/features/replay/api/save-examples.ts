import { writeJson } from "@core/template/write-json.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { ExampleDraft } from "../read-examples.ts";

type ExampleSet = { set_name: string; examples: ExampleDraft[] };

/** Replaces the set as a whole; an empty one is removed. */
export function useSaveExamples(templateId: string) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async ({ set_name, examples }: ExampleSet) => {
      const exact = examples.map(({ name, variables }) => ({ name, variables: writeJson(variables) }));
      return unwrap(
        await supabase().rpc("save_example_set", { template_id: templateId, set_name, examples: exact }),
      );
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.replay(id, templateId) }),
  });
}
