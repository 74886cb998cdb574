import type { Pins } from "@core/prompt/types.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

export type Message = { role: "system" | "developer" | "user" | "assistant"; content: string };

export type Version = {
  template_id: string;
  version: number;
  parent_version: number | null;
  messages: Message[];
  config: Record<string, unknown>;
  contract: Record<string, unknown>;
  /** Which versions of which templates it includes, since it was saved. */
  pins: Pins;
  note: string;
  created_by: string | null;
  created_at: string;
};

const columns =
  "template_id, version, parent_version, messages, config, contract, pins, note, created_by, created_at";

async function getVersions(templateId: string): Promise<Version[]> {
  return unwrap(
    await supabase()
      .from("prompt_versions")
      .select(columns)
      .eq("template_id", templateId)
      .order("version", { ascending: false })
      .limit(1000),
  ) as Version[];
}

export function versionsOptions(organizationId: string, templateId: string) {
  return queryOptions({
    queryKey: keys.versions(organizationId, templateId),
    queryFn: () => getVersions(templateId),
  });
}

/** The chain of a template's versions, the newest first. Versions never change, only more come. */
export function useVersions(templateId: string) {
  return useQuery(versionsOptions(useOrganization().id, templateId));
}
