import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { requirePassingLint } from "../../../lib/queries/lint-version.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** A name callers can ask for, `nemo/<template>@<name>`; a protected one is moved and removed by admins alone. */
export type Label = { name: string; version: number; protected: boolean; updated_at: string };

function labelsOptions(organizationId: string, templateId: string) {
  return queryOptions({
    queryKey: keys.labels(organizationId, templateId),
    queryFn: async () => {
      const labels = supabase().from("prompt_labels").select("name, version, protected, updated_at");
      return unwrap(await labels.eq("template_id", templateId).order("name")) as Label[];
    },
  });
}

export function useLabels(templateId: string) {
  return useQuery(labelsOptions(useOrganization().id, templateId));
}

type SetLabel = { name: string; version: number; protected?: boolean };

/** Puts a label on a version, linted on the server before as for activation; one that stands elsewhere moves. */
export function useSetLabel(templateId: string) {
  return useLabelChange(templateId, async (label: SetLabel) => {
    await requirePassingLint(templateId, [label.version]);
    return unwrap(await supabase().rpc("set_label", { template_id: templateId, ...label }));
  });
}

export function useRemoveLabel(templateId: string) {
  return useLabelChange(templateId, async (name: string) =>
    unwrap(await supabase().rpc("remove_label", { template_id: templateId, name })),
  );
}

function useLabelChange<Args>(templateId: string, mutationFn: (args: Args) => Promise<unknown>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.labels(id, templateId) }),
  });
}
