import type { RealtimeEvent } from "@core/events/realtime-events.ts";
import type { QueryKey } from "@tanstack/react-query";
import { keysOfTemplate } from "../../lib/queries/template-changed.ts";
import { keys } from "../../lib/query-keys.ts";

/** Ids, as far as the event carries them: see REALTIME_EVENTS. */
export type Payload = Readonly<Record<string, unknown>>;

export type Effect = {
  /** Read again at once, as far as somebody looks at it. */
  stale?: readonly QueryKey[];
  /** Read again a little later: what is looked at as a picture or a sum, or is much to read. */
  staleAtLeisure?: readonly QueryKey[];
  /** The template whose row in the library is read again, and no other. */
  row?: string;
};

/** Events of requests being served. Every other one is a change, and every change is in the audit log. */
const unaudited = new Set<string>([
  "log.written",
  "credit.changed",
  "test.measured",
  "recommendation.progressed",
  "version.linted",
] satisfies RealtimeEvent[]);

/** What a broadcast changes for `me`, who has the organization open. An event of a newer database changes nothing here. */
export function effectOf(event: string, org: string, payload: Payload, me: string): Effect {
  const id = (name: string) => String(payload[name]);
  const isMe = payload.user_id === me;
  const template = id("template_id");
  const membership = { stale: [keys.members(org), ...(isMe ? [keys.organizations()] : [])] };
  const prompt = {
    row: template,
    stale: keysOfTemplate(org, template),
    staleAtLeisure: [keys.libraryTotals(org)],
  };
  const effects: Record<RealtimeEvent, Effect> = {
    "organization.changed": { stale: [keys.organizations()] },
    "organization.deleted": { stale: [keys.organizations()] },
    "member.changed": membership,
    "member.removed": membership,
    "invitation.changed": { stale: [keys.invitations(org)] },
    "template.changed": prompt,
    "version.saved": prompt,
    "version.linted": {},
    "label.changed": { stale: [keys.labels(org, template)] },
    "api_key.changed": { stale: [keys.apiKeys(org)] },
    "provider.changed": { stale: [keys.providers(org)] },
    "test.changed": { stale: [keys.testList(org), keys.test(org, id("test_id")), keys.runningTests(org)] },
    "test.measured": {
      stale: [keys.test(org, id("test_id"))],
      staleAtLeisure: [keys.testCharts(org, id("test_id"))],
    },
    "recommendation.changed": { stale: [keys.recommendationRows(org)] },
    "recommendation.progressed": { stale: [keys.recommendationJobs(org)] },
    "log.written": {
      stale: [keys.logRows(org)],
      staleAtLeisure: [keys.usage(org), keys.logContents(org)],
    },
    "credit.changed": {
      stale: [keys.balance(org)],
      staleAtLeisure: [keys.ledger(org), keys.keySpending(org)],
    },
  };
  const effect = effects[event as RealtimeEvent] ?? {};
  if (unaudited.has(event)) return effect;
  return {
    ...effect,
    stale: [...(effect.stale ?? []), keys.auditEntries(org)],
    staleAtLeisure: [...(effect.staleAtLeisure ?? []), keys.auditChain(org)],
  };
}
