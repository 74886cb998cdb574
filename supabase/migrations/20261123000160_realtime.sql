-- Telling open dashboards that something changed.
--
-- The database broadcasts to the private topic org:<organization_id>. Payloads carry ids only: whoever hears
-- one fetches the row through its policies, so a message can never show more than the rows do.
--
-- On org:<organization_id>:<template_id> nothing is broadcast; there people who have the same template open see
-- each other (presence). A topic per template, so that nobody hears of every page that anyone opens.

create table nemo_private.realtime_events (
  event text primary key check (event ~ '^[a-z_]+\.[a-z_]+$'),
  sentence text not null
);
comment on table nemo_private.realtime_events is 'The closed list of broadcast events. functions/_shared/core/events/realtime-events.ts holds the same list.';
comment on column nemo_private.realtime_events.event is 'thing.verb.';
comment on column nemo_private.realtime_events.sentence is 'What happened, and which ids the payload carries.';
alter table nemo_private.realtime_events enable row level security, force row level security;

insert into nemo_private.realtime_events (event, sentence) values
  ('organization.changed', 'Name, data policy or retention changed.'),
  ('organization.deleted', 'The organization is gone.'),
  ('member.changed', 'Someone joined or has another role: user_id.'),
  ('member.removed', 'Someone is no longer a member: user_id. That person''s client leaves the topic.'),
  ('invitation.changed', 'An invitation was made, accepted or revoked: invitation_id.'),
  ('template.changed', 'A template was made, described, activated, deactivated, deleted or restored: template_id.'),
  ('version.saved', 'A version was saved: template_id, version.'),
  ('version.linted', 'A lint report was stored: template_id, version.'),
  ('label.changed', 'A label was set or removed: template_id, label.'),
  ('api_key.changed', 'A key was made or revoked: api_key_id.'),
  ('provider.changed', 'A provider connection changed: connection_id.'),
  ('test.changed', 'An A/B test changed its state, variants or weights: test_id, template_id.'),
  ('test.measured', 'New results of an A/B test are in the rollups: test_id, template_id.'),
  ('recommendation.changed', 'A recommendation was made or decided: recommendation_id, template_id.'),
  ('recommendation.progressed', 'A recommendation job moved on: job_id, template_id.'),
  ('log.written', 'Requests were logged: nothing but the event.'),
  ('credit.changed', 'The credit balance moved: nothing but the event.');

create function nemo_private.broadcast(organization_id uuid, event text, payload jsonb default '{}')
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from nemo_private.realtime_events e where e.event = broadcast.event) then
    raise exception 'unknown realtime event %', broadcast.event;
  end if;
  perform realtime.send(broadcast.payload, broadcast.event, 'org:' || broadcast.organization_id, true);
end
$$;
comment on function nemo_private.broadcast(uuid, text, jsonb) is
  'Broadcasts an event with ids to everyone who has the organization open. Its callers have the rights of a role that bypasses row level security: realtime.send drops what its caller may not insert.';

create function nemo_private.topic_organization(topic text)
returns uuid
language sql
immutable
set search_path = ''
as $$
  select case when topic_organization.topic ~ '^org:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:tpl_[0-9a-z]{8,64})?$'
    then substr(topic_organization.topic, 5, 36)::uuid end
$$;
comment on function nemo_private.topic_organization(text) is 'The organization a topic belongs to, or null for any other topic.';

-- Members may listen and see who else is there. They may announce their own presence, but not broadcast:
-- everything they hear from the topic comes from the database. What somebody shows of themselves is their word
-- alone: it decides nothing, and names are looked up among the members.
create policy "members listen to their organization" on realtime.messages
  for select to authenticated
  using (
    extension in ('broadcast', 'presence')
    and (select nemo_private.topic_organization((select realtime.topic()))) = any ((select nemo_private.my_organizations())::uuid[])
  );
create policy "members show their presence" on realtime.messages
  for insert to authenticated
  with check (
    extension = 'presence'
    and (select nemo_private.topic_organization((select realtime.topic()))) = any ((select nemo_private.my_organizations())::uuid[])
  );

-- A dashboard reads its page first and joins the topic a moment later, or loses its connection for a while. What was
-- broadcast meanwhile is told once more here, each event once, so that it reads again what changed and not everything.
create function nemo.missed_events(organization_id uuid, seconds integer)
returns table (event text, payload jsonb, at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform nemo_private.require_role(missed_events.organization_id, 'viewer');
  perform nemo_private.check_range(missed_events.seconds, 'number of seconds', 0, 3600);
  return query
    -- realtime.send adds an id of the message to what it is given.
    select m.event, m.payload - 'id', max(m.inserted_at)::timestamptz
    from realtime.messages m
    where m.topic = 'org:' || missed_events.organization_id
      and m.extension = 'broadcast' and m.private is true
      -- A column without a time zone, filled with the same default in every session.
      and m.inserted_at >= localtimestamp - make_interval(secs => missed_events.seconds)
    group by 1, 2
    order by 3 desc
    limit 501;
end
$$;
comment on function nemo.missed_events(uuid, integer) is
  'What was broadcast to the organization''s topic in the last so many seconds (at most 3600): each event with the ids it carried, and when it was last sent, the latest first. 501 rows mean that there may be more. For everyone in the organization. NM003, NM015.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo_private.topic_organization(text) to authenticated;
grant execute on function nemo.missed_events(uuid, integer) to authenticated, service_role;
