import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";
import type { Message, Version } from "./get-versions.ts";

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
  const { id } = useOrganization();
  return useMutation({
    mutationFn: saveVersion,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.templates(id) }),
  });
}
