import { organizationTopic, type RealtimeEvent } from "@core/events/realtime-events.ts";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { setLive } from "../lib/live.ts";
import { keys } from "../lib/query-keys.ts";
import { joinChannel } from "../lib/realtime.ts";
import { AT_LEISURE, gatherInvalidations } from "./gather-invalidations.ts";

/** Ids, as far as the event carries them: see REALTIME_EVENTS. */
type Payload = Readonly<Record<string, unknown>>;

/** What each broadcast makes stale. Payloads carry ids only; the rows are fetched again, through RLS. */
const stale: Record<RealtimeEvent, (organizationId: string, payload: Payload) => QueryKey[]> = {
  "organization.changed": (org) => [keys.organizations(), keys.organization(org)],
  "organization.deleted": () => [keys.organizations()],
  "member.changed": (org) => [keys.organizations(), keys.members(org)],
  "member.removed": (org) => [keys.organizations(), keys.members(org)],
  "invitation.changed": (org) => [keys.invitations(org)],
  "template.changed": (org) => [keys.templates(org)],
  "version.saved": (org) => [keys.templates(org)],
  "version.linted": (org) => [keys.templates(org)],
  "label.changed": (org) => [keys.templates(org)],
  "api_key.changed": (org) => [keys.apiKeys(org)],
  "provider.changed": (org) => [keys.providers(org)],
  "test.changed": (org) => [keys.tests(org), keys.runningTests(org), keys.templates(org)],
  "test.measured": (org, { test_id }) => [keys.test(org, String(test_id))],
  "recommendation.changed": (org) => [keys.recommendations(org)],
  "recommendation.progressed": (org) => [keys.recommendations(org)],
  "log.written": (org) => [keys.logs(org), keys.analytics(org)],
  "credit.changed": (org) => [keys.credits(org)],
};

/** What it makes stale that is looked at as a picture, and may come a little later. */
const charts: Partial<typeof stale> = {
  "test.measured": (org, { test_id }) => [keys.testCharts(org, String(test_id))],
};

/** Events of requests being served. Every other one is a change, and every change is in the audit log. */
const unaudited = new Set(["log.written", "credit.changed", "test.measured", "recommendation.progressed"]);

function staleAfter(event: string, organizationId: string, payload: Payload): QueryKey[] {
  const queryKeys = stale[event as RealtimeEvent]?.(organizationId, payload) ?? [];
  return unaudited.has(event) ? queryKeys : [...queryKeys, keys.audit(organizationId)];
}

/**
 * One private channel for the organization that is open. What was missed while the connection was down is
 * unknown, so everything is stale after it comes back.
 */
export function useOrganizationEvents(organizationId: string | undefined) {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!organizationId) return;
    let wasDown = false;
    const gathered = gatherInvalidations(queryClient);
    const leisurely = gatherInvalidations(queryClient, AT_LEISURE);
    const leave = joinChannel(organizationTopic(organizationId), { private: true }, (channel) => {
      channel.on("broadcast", { event: "*" }, ({ event, payload = {} }) => {
        gathered.add(staleAfter(event, organizationId, payload));
        leisurely.add(charts[event as RealtimeEvent]?.(organizationId, payload) ?? []);
      });
      channel.subscribe((status) => {
        setLive(status === "SUBSCRIBED");
        if (status !== "SUBSCRIBED") wasDown = true;
        else if (wasDown) {
          wasDown = false;
          void queryClient.invalidateQueries({ queryKey: keys.organization(organizationId) });
        }
      });
    });
    return () => {
      leave();
      setLive(false);
      gathered.stop();
      leisurely.stop();
    };
  }, [organizationId, queryClient]);
}
