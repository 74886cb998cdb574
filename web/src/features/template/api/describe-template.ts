import { useMutation } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useTemplateChanged } from "../../../lib/queries/template-changed.ts";
import { supabase } from "../../../lib/supabase.ts";

type Description = { template_id: string; description: string; tags: string[] };

/** What people read and filter by. The name stays: callers use it. */
export function useDescribeTemplate() {
  const changed = useTemplateChanged();
  return useMutation({
    mutationFn: async (description: Description) =>
      unwrap(await supabase().rpc("update_template", description)),
    onSuccess: (_, { template_id }) => changed(template_id),
  });
}
