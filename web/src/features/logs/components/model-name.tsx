import { Badge } from "../../../components/status.tsx";
import type { Log } from "../api/get-logs.ts";

/** Said where a provider would be named: the request was refused before any was asked. */
export const notSent = "not sent";

/** The model that was asked for; a fake answer says so, or its name and price would be taken for a real one's. */
export function ModelName({ log: { model, fake, status } }: { log: Log }) {
  const faked = status < 400 && (fake || model?.includes("fake"));
  return (
    <>
      {model ?? notSent} {faked && <Badge tone="warn">fake answer</Badge>}
    </>
  );
}
