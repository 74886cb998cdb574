-- The closed list of what can be audited. A change whose action is not in it cannot be written down, and so not made.

create table nemo_private.audit_actions (
  action text primary key check (action ~ '^[a-z_]+\.[a-z_]+$'),
  sentence text not null
);
comment on table nemo_private.audit_actions is 'The closed list of what can be audited, thing.verb. functions/_shared/core/events/audit-actions.ts holds the same list.';
comment on column nemo_private.audit_actions.action is 'thing.verb; the part before the dot is the class people filter by.';
comment on column nemo_private.audit_actions.sentence is 'What the action means.';
alter table nemo_private.audit_actions enable row level security, force row level security;

insert into nemo_private.audit_actions (action, sentence) values
  ('organization.created', 'An organization was made.'),
  ('organization.updated', 'An organization was renamed.'),
  ('organization.policy_changed', 'What may be kept of requests, or for how long, was changed.'),
  ('organization.data_purged', 'Kept request content was removed.'),
  ('member.invited', 'Someone was invited.'),
  ('member.joined', 'Someone accepted an invitation.'),
  ('member.role_changed', 'A member was given another role.'),
  ('member.removed', 'A member was removed.'),
  ('member.left', 'A member left.'),
  ('member.account_deleted', 'A member''s account was deleted.'),
  ('invitation.revoked', 'An invitation was withdrawn.'),
  ('template.created', 'A template was made.'),
  ('template.updated', 'A template''s description or tags were changed.'),
  ('template.deactivated', 'A template stopped being served.'),
  ('template.deleted', 'A template was deleted; it can be restored.'),
  ('template.restored', 'A deleted template was restored.'),
  ('version.saved', 'A version was saved.'),
  ('version.activated', 'A version became the one that is served.'),
  ('label.set', 'A label was put on a version.'),
  ('label.removed', 'A label was removed.'),
  ('api_key.created', 'A key was made.'),
  ('api_key.revoked', 'A key was revoked.'),
  ('api_key.restored', 'The playground''s key, once revoked, was let in again.'),
  ('provider.connected', 'A provider connection was made.'),
  ('provider.updated', 'A provider connection was changed.'),
  ('provider.removed', 'A provider connection was removed.'),
  ('test.created', 'An A/B test was drafted.'),
  ('test.updated', 'A drafted A/B test was changed.'),
  ('test.deleted', 'A drafted A/B test was thrown away.'),
  ('test.started', 'An A/B test was started or resumed.'),
  ('test.paused', 'An A/B test was paused.'),
  ('test.reweighted', 'A new phase of an A/B test began with other weights.'),
  ('test.completed', 'An A/B test was completed.'),
  ('test.stopped', 'A guardrail stopped a variant of an A/B test.'),
  ('test.promoted', 'A variant of an A/B test was made the active version.'),
  ('recommendation.requested', 'Recommendations were asked for.'),
  ('recommendation.cancelled', 'A recommendation job was cancelled.'),
  ('recommendation.accepted', 'A recommendation was accepted as it stood.'),
  ('recommendation.edited', 'A recommendation was accepted with changes.'),
  ('recommendation.dismissed', 'A recommendation was dismissed.'),
  ('recommendation.superseded', 'A recommendation was superseded by a newer version.'),
  ('recommendation.rebased', 'A recommendation was carried over to a newer version.'),
  ('examples.saved', 'A set of examples was saved, replaced or removed.'),
  ('replay.started', 'A version was run over logged requests or saved examples.'),
  ('credit.granted', 'Credit was added.'),
  ('price.changed', 'The price of a model was changed.'),
  ('audit.exported', 'Audit entries were exported.'),
  ('audit.pinned', 'An audit entry was pinned as evidence.'),
  ('audit.unpinned', 'An audit entry was no longer pinned.'),
  ('audit.retention_changed', 'How long audit entries are kept was changed.'),
  ('audit.pruned', 'Old audit entries were removed.');
