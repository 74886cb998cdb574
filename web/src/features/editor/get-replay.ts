import { queryOptions, useQuery } from "@tanstack/react-query";
import { AppError, unwrap } from "../../lib/errors.ts";
import { VARIABLES, withExactVariables } from "../../lib/exact-variables.ts";
import { useOrganization } from "../../lib/organization.tsx";
import { keys } from "../../lib/query-keys.ts";
import { supabase } from "../../lib/supabase.ts";

/** What of a logged request can be tried again: its version, and where the data policy kept them its values and text. */
export type Replay = {
  request_id: string;
  version: number | null;
  variables: Record<string, unknown> | null;
  /** The caller's own, which came after those of the version. */
  client_messages: { role: string; content: unknown }[] | null;
};

/** What the caller said last: the playground has room for one message. */
export function callerWords(replay: Replay | undefined): string {
  const last = replay?.client_messages?.at(-1);
  return last?.role === "user" && typeof last.content === "string" ? last.content : "";
}

async function getReplay(requestId: string, templateId: string): Promise<Replay> {
  const row = unwrap(
    await supabase()
      .from("prompt_logs")
      .select(`request_id, version, ${VARIABLES}, client_messages`)
      .eq("request_id", requestId)
      .eq("template_id", templateId)
      .maybeSingle(),
  ) as (Omit<Replay, "variables"> & { variables: string | null }) | null;
  if (row) return withExactVariables(row);
  throw new AppError(
    "request_not_found",
    "There is no such request of this template, or its text is open to admins only.",
    {
      remedy: "Open it from the template's logs, or ask an admin.",
    },
  );
}

function replayOptions(organizationId: string, templateId: string, requestId: string) {
  return queryOptions({
    queryKey: [...keys.logs(organizationId), "replay", requestId],
    queryFn: () => getReplay(requestId, templateId),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Asks only when there is an id to ask for. */
export function useReplayOf(templateId: string, requestId: string | null) {
  const { id } = useOrganization();
  return useQuery({ ...replayOptions(id, templateId, requestId ?? ""), enabled: requestId !== null });
}
