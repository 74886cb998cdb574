import { useMutation } from "@tanstack/react-query";
import { unwrap, unwrapFunction } from "../errors.ts";
import { supabase } from "../supabase.ts";
import { useTemplateChanged } from "./template-changed.ts";

type TemplateArgs = { templateId: string };

/** Through the function, which lints that exact version on the server first; the database insists on it. */
async function activateVersion({ templateId, version }: TemplateArgs & { version: number }) {
  const body = { template_id: templateId, version };
  return unwrapFunction(await supabase().functions.invoke("prompts/activate", { method: "POST", body }));
}

export function useActivateVersion() {
  return useTemplateChange(activateVersion);
}

/** No version answers any more until one is activated. */
export function useDeactivateTemplate() {
  return useTemplateChange(async ({ templateId }: TemplateArgs) =>
    unwrap(await supabase().rpc("deactivate_template", { template_id: templateId })),
  );
}

function useTemplateChange<Args extends TemplateArgs, Answer>(mutationFn: (args: Args) => Promise<Answer>) {
  const changed = useTemplateChanged();
  return useMutation({ mutationFn, onSuccess: (_, { templateId }) => changed(templateId) });
}
