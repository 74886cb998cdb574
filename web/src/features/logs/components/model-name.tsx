import { Badge } from "../../../components/status.tsx";
import { config } from "../../../lib/supabase.ts";
import type { Log } from "../api/get-logs.ts";

/** Said where a provider would be named: the request was refused before any was asked. */
export const notSent = "not sent";

/** The model that was asked for; a fake answer says so, or its name and price would be taken for a real one's. */
export function ModelName({ log: { model, provider, status } }: { log: Log }) {
  const fake =
    model?.includes("fake") || (config().providerIsFake && provider === "platform" && status < 400);
  return (
    <>
      {model ?? notSent} {fake && <Badge tone="warn">fake answer</Badge>}
    </>
  );
}
