/**
 * The events the database broadcasts to an organization's private topic, each with the ids its payload
 * carries. The database holds the same list in nemo_private.realtime_events.
 */
export const REALTIME_EVENTS = {
  "organization.changed": "Name, data policy or retention changed.",
  "organization.deleted": "The organization is gone.",
  "member.changed": "Someone joined or has another role: user_id.",
  "member.removed": "Someone is no longer a member: user_id. That person's client leaves the topic.",
  "invitation.changed": "An invitation was made, accepted or revoked: invitation_id.",
  "template.changed":
    "A template was made, described, activated, deactivated, deleted or restored: template_id.",
  "version.saved": "A version was saved: template_id, version.",
  "version.linted": "A lint report was stored: template_id, version.",
  "label.changed": "A label was set or removed: template_id, label.",
  "api_key.changed": "A key was made or revoked: api_key_id.",
  "provider.changed": "A provider connection changed: connection_id.",
  "test.changed": "An A/B test changed its state, variants or weights: test_id, template_id.",
  "test.measured": "New results of an A/B test are in the rollups: test_id, template_id.",
  "recommendation.changed": "A recommendation was made or decided: recommendation_id, template_id.",
  "recommendation.progressed": "A recommendation job moved on: job_id, template_id.",
  "log.written": "Requests were logged: nothing but the event.",
  "credit.changed": "The credit balance moved: nothing but the event.",
} as const;

export type RealtimeEvent = keyof typeof REALTIME_EVENTS;

/** The private topic an organization's events are broadcast to. */
export function organizationTopic(organizationId: string): string {
  return `org:${organizationId}`;
}

/** Where people who have the same template open see each other; nothing is broadcast here. */
export function templateTopic(organizationId: string, templateId: string): string {
  return `${organizationTopic(organizationId)}:${templateId}`;
}
