-- What people thought of an answer: the quality metric of templates and A/B tests.

create function nemo_private.is_word(value text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(is_word.value ~ '^[A-Za-z0-9_.:-]{1,64}$', true)
$$;
comment on function nemo_private.is_word(text) is 'True for a label that is one word, or none at all: metadata, and not text that somebody wrote.';

create table nemo.prompt_feedback (
  request_id uuid primary key,
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  api_key_id uuid,
  score double precision not null check (score between 0 and 1),
  label text check (length(label) <= 100),
  comment text check (length(comment) <= 2000),
  has_text boolean not null generated always as (comment is not null or not nemo_private.is_word(label)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table nemo.prompt_feedback is 'Scores of answered requests, one each; a later score replaces the one before. Rows with text in them are for admins; the score is in prompt_logs.quality for everyone.';
comment on column nemo.prompt_feedback.request_id is 'The request, by the id in its receipt.';
comment on column nemo.prompt_feedback.organization_id is 'The organization.';
comment on column nemo.prompt_feedback.api_key_id is 'The key the score came with.';
comment on column nemo.prompt_feedback.score is '0 (bad) to 1 (good).';
comment on column nemo.prompt_feedback.label is 'A word for it, such as thumbs_up. One that is more than a word is text, and kept under data policy full only.';
comment on column nemo.prompt_feedback.comment is 'What was said about it; kept under data policy full only, and for admins.';
comment on column nemo.prompt_feedback.has_text is 'True when label or comment is text that somebody wrote.';
comment on column nemo.prompt_feedback.created_at is 'When it was first given.';
comment on column nemo.prompt_feedback.updated_at is 'When it was last replaced.';
alter table nemo.prompt_feedback enable row level security, force row level security;
create index prompt_feedback_time_idx on nemo.prompt_feedback (organization_id, created_at desc);

-- Text is text, wherever it stands: the rules of prompt_logs hold here too.
create policy "members read feedback without text, admins all" on nemo.prompt_feedback
  for select to authenticated
  using (
    case when has_text
      then organization_id = any ((select nemo_private.my_organizations('admin'))::uuid[])
      else organization_id = any ((select nemo_private.my_organizations())::uuid[]) end
  );
grant select on nemo.prompt_feedback to authenticated, service_role;

create trigger prompt_feedback_text_needs_policy
  before insert or update on nemo.prompt_feedback
  for each row when (new.comment is not null or not nemo_private.is_word(new.label))
  execute function nemo_private.refuse_unwanted_content();

-- Asked before the log is read: what is written down in between is then found there.
create function nemo_private.may_be_written_yet(request_id uuid, organization_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  -- Any id of this moment may be one that the gateway has answered or refused and not told of yet, whosever it is; an
  -- older one only while it is under way, and a stranger learns nothing of that.
  return nemo_private.uuid_time(may_be_written_yet.request_id)
      between clock_timestamp() - interval '2 seconds' and clock_timestamp() + interval '2 seconds'
    or exists (select from nemo_private.in_flight f
               where f.request_id = may_be_written_yet.request_id and f.organization_id = may_be_written_yet.organization_id);
end
$$;
comment on function nemo_private.may_be_written_yet(uuid, uuid) is 'Whether a request that is not in the log may come there within a second, as far as its id and its own organization tell.';

create function nemo_private.gateway_feedback(key_hash text, feedback jsonb)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  key nemo.api_keys;
  log nemo.prompt_logs;
  score double precision := (gateway_feedback.feedback ->> 'score')::double precision;
  before double precision;
  keeps_text boolean;
  may_come boolean;
begin
  select k.* into key from nemo_private.api_key_hashes h join nemo.api_keys k on k.id = h.api_key_id
  where h.key_hash = gateway_feedback.key_hash and k.revoked_at is null
    and (k.expires_at is null or k.expires_at > clock_timestamp());
  if key.id is null then
    return 'invalid_api_key';
  end if;
  perform from nemo.organizations o where o.id = key.organization_id for key share;
  may_come := nemo_private.may_be_written_yet((gateway_feedback.feedback ->> 'request_id')::uuid, key.organization_id);
  -- The id holds its time, so one partition is searched. Foreign and unknown ids answer alike, and so
  -- does a request of a template that the key is not for.
  select l.* into log from nemo.prompt_logs l
  where l.request_id = (gateway_feedback.feedback ->> 'request_id')::uuid
    and l.created_at = nemo_private.uuid_time((gateway_feedback.feedback ->> 'request_id')::uuid)
    and l.organization_id = key.organization_id
    and (key.scopes is null or l.template_id = any (key.scopes))
  for update;
  if log.request_id is null then
    return case when may_come then 'request_not_written' else 'request_not_found' end;
  end if;
  before := log.quality;
  select o.data_policy = 'full' into keeps_text from nemo.organizations o where o.id = key.organization_id;
  insert into nemo.prompt_feedback as f (request_id, organization_id, api_key_id, score, label, comment)
  values (log.request_id, key.organization_id, key.id, score,
          case when keeps_text or nemo_private.is_word(gateway_feedback.feedback ->> 'label') then gateway_feedback.feedback ->> 'label' end,
          case when keeps_text then gateway_feedback.feedback ->> 'comment' end)
  on conflict (request_id) do update set score = excluded.score, label = excluded.label, comment = excluded.comment,
    api_key_id = excluded.api_key_id, updated_at = now();
  update nemo.prompt_logs l set quality = score
  where l.request_id = log.request_id and l.created_at = log.created_at;
  update nemo.prompt_rollups r set
    quality_count = r.quality_count + case when before is null then 1 else 0 end,
    quality_sum = r.quality_sum + score - coalesce(before, 0),
    quality_squared = r.quality_squared + score ^ 2 - coalesce(before, 0) ^ 2
  where r.organization_id = log.organization_id and r.hour = date_trunc('hour', log.created_at)
    and r.template_id is not distinct from log.template_id and r.version is not distinct from log.version
    and r.variant is not distinct from log.variant and r.test_id is not distinct from log.test_id
    and r.api_key_id is not distinct from log.api_key_id and r.model is not distinct from log.model
    and r.test_phase is not distinct from log.test_phase;
  perform nemo_private.note_rating(log, score);
  perform nemo_private.broadcast(key.organization_id, 'log.written');
  return 'ok';
end
$$;
comment on function nemo_private.gateway_feedback(text, jsonb) is
  'Sets or replaces a request''s quality score: {request_id, score, label, comment}. Answers ok, invalid_api_key, request_not_found, or request_not_written where it may be worth asking again.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.gateway_feedback(text, jsonb) to nemo_gateway;
