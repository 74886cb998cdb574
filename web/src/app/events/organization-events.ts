import { organizationTopic } from "@core/events/realtime-events.ts";
import { focusManager, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { setLiveness } from "../../lib/live.ts";
import { readRowsAgain } from "../../lib/queries/template-changed.ts";
import { keys } from "../../lib/query-keys.ts";
import { joinChannel, onSignOfLife } from "../../lib/realtime.ts";
import { useUser } from "../../lib/session.tsx";
import { effectOf, type Payload } from "./effects.ts";
import { AT_LEISURE, gather, gatherInvalidations } from "./gather.ts";
import { firstRead, missedEvents } from "./missed-events.ts";

/** After a server was gone everybody comes back at once; they ask what they missed within this time. */
const SPREAD_MS = 3_000;

/** A channel that the server closed is joined again after this. */
const REJOIN_MS = 2_000;

/** Until when each organization was listened to: what is known of it was true then. */
const heardUntil = new Map<string, number>();

/**
 * One private channel for the organization that is open. What was broadcast before it was joined, or while the
 * connection was down, is asked for, and taken as if it had been heard.
 */
export function useOrganizationEvents(organizationId: string | undefined) {
  const queryClient = useQueryClient();
  const { id: me } = useUser();
  useEffect(() => {
    if (organizationId) return listen(queryClient, organizationId, me);
  }, [organizationId, queryClient, me]);
}

function listen(queryClient: QueryClient, organizationId: string, me: string): () => void {
  const soon = gatherInvalidations(queryClient);
  const atLeisure = gatherInvalidations(queryClient, AT_LEISURE);
  const rows = gather<{ id: string; at?: string }>(
    ({ id }) => id,
    (due) => (focusManager.isFocused() ? readRowsAgain(queryClient, organizationId, due) : due),
  );
  function heard(event: string, payload: Payload, at?: string) {
    const { stale = [], staleAtLeisure = [], row } = effectOf(event, organizationId, payload, me);
    soon.add(stale);
    atLeisure.add(staleAtLeisure);
    if (row) rows.add([{ id: row, at }]);
  }

  const opened = Date.now();
  const known = firstRead(queryClient, keys.organization(organizationId));
  let since = Math.min(opened, Math.max(known, heardUntil.get(organizationId) ?? 0));
  /** When the channel was joined, for as long as it is. */
  let joined: number | undefined;
  let joinedBefore = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  // What changed of this organization while another one was open was not told.
  if (heardUntil.size > 0) soon.add([keys.organizations()]);

  async function catchUp(joinedAt: number) {
    const missed = await missedEvents(queryClient, organizationId, since);
    if (joined !== joinedAt) return; // It was lost again, and more is missed by now.
    since = joinedAt;
    if (!missed) soon.add([keys.organization(organizationId), keys.organizations()]);
    for (const { event, payload, at } of missed ?? []) heard(event, payload, at);
  }
  let leave = () => {};
  let stopped = false;
  function join() {
    leave = joinChannel(organizationTopic(organizationId), { private: true }, (channel) => {
      channel.on("broadcast", { event: "*" }, ({ event, payload = {} }) => heard(event, payload));
      channel.subscribe((status) => {
        if (stopped) return;
        clearTimeout(timer);
        joined = status === "SUBSCRIBED" ? Date.now() : undefined;
        setLiveness(joined === undefined ? "lost" : "live");
        // The server ends a channel, for instance when a token could not be renewed in time, without asking back.
        if (status === "CLOSED") timer = setTimeout(join, REJOIN_MS + Math.random() * SPREAD_MS);
        if (joined === undefined) return;
        timer = setTimeout(catchUp, joinedBefore ? Math.random() * SPREAD_MS : 0, joined);
        joinedBefore = true;
      });
    });
  }
  join();
  // All that was sent before such a moment has come. Once what was missed is known, that is all there was.
  const unsubscribe = onSignOfLife(() => {
    if (joined !== undefined && since >= joined) since = Date.now();
  });

  return () => {
    heardUntil.set(organizationId, joined !== undefined && since >= joined ? Date.now() : since);
    stopped = true;
    joined = undefined;
    clearTimeout(timer);
    leave();
    unsubscribe();
    setLiveness("joining");
    for (const gathered of [soon, atLeisure, rows]) gathered.stop();
  };
}
