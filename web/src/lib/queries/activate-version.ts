import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap, unwrapFunction } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

/** Through the function, which lints that exact version on the server first; the database insists on it. */
async function activateVersion({ templateId, version }: { templateId: string; version: number }) {
  const body = { template_id: templateId, version };
  return unwrapFunction(await supabase().functions.invoke("prompts/activate", { method: "POST", body }));
}

export function useActivateVersion() {
  return useTemplateChange(activateVersion);
}

/** No version answers any more until one is activated. */
export function useDeactivateTemplate() {
  return useTemplateChange(async (templateId: string) =>
    unwrap(await supabase().rpc("deactivate_template", { template_id: templateId })),
  );
}

function useTemplateChange<Args, Answer>(mutationFn: (args: Args) => Promise<Answer>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.templates(id) }),
  });
}
