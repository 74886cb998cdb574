import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toAppError, unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";
import type { Message, Version } from "./get-versions.ts";
import { useTemplateChanged } from "./template-changed.ts";

/** Somebody else saved first. */
const staleVersion = "NM020";

export type SaveVersion = {
  templateId: string;
  messages: Message[];
  config: Record<string, unknown>;
  contract: Record<string, unknown>;
  note?: string;
  /** The version this text was written on: a newer one refuses the save instead of being overwritten. */
  expectedVersion: number;
};

async function saveVersion(save: SaveVersion): Promise<Version> {
  return unwrap(
    await supabase().rpc("save_version", {
      template_id: save.templateId,
      messages: save.messages,
      config: save.config,
      contract: save.contract,
      note: save.note ?? "",
      expected_version: save.expectedVersion,
    }),
  ) as Version;
}

export function useSaveVersion() {
  const queryClient = useQueryClient();
  const changed = useTemplateChanged();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: saveVersion,
    onSuccess: (saved) => {
      // At once, so that the screen goes from the draft to the version without showing what was before.
      queryClient.setQueryData<Version[]>(keys.versions(id, saved.template_id), (known) =>
        known?.some(({ version }) => version === saved.version) ? known : [saved, ...(known ?? [])],
      );
      return changed(saved.template_id);
    },
    onError: (reason, { templateId }) => {
      if (toAppError(reason).code !== staleVersion) return;
      void queryClient.invalidateQueries({ queryKey: keys.versions(id, templateId) });
    },
  });
}
