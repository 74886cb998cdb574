-- One row per request, as much of it as the organization's data policy allows. Partitioned by day, so that
-- retention drops whole partitions instead of deleting rows.

create table nemo.prompt_logs (
  request_id uuid not null,
  client_request_id text,
  organization_id uuid not null,
  api_key_id uuid,
  template_id text,
  version integer,
  variant text,
  test_id uuid,
  test_phase integer,
  render_hash text,
  endpoint text not null default 'chat.completions',
  model text,
  provider text,
  fake boolean not null default false,
  attempts jsonb,
  status integer not null,
  error_code text,
  latency_ms double precision,
  ttft_ms double precision,
  prompt_tokens integer,
  cached_tokens integer,
  completion_tokens integer,
  usage_estimated boolean not null default false,
  cost_nanousd bigint,
  subject_hash text,
  quality double precision check (quality between 0 and 1),
  variables json,
  rendered_messages jsonb,
  client_messages jsonb,
  response jsonb,
  created_at timestamptz not null,
  primary key (request_id, created_at),
  -- Twice the largest request. The gateway's records leave out what is larger (content_to_keep).
  constraint prompt_logs_content_size check (
    pg_column_size(variables) <= 8388608 and pg_column_size(rendered_messages) <= 8388608
    and pg_column_size(client_messages) <= 8388608 and pg_column_size(response) <= 8388608),
  constraint prompt_logs_attempts_size check (pg_column_size(attempts) <= 65536)
) partition by range (created_at);
comment on table nemo.prompt_logs is 'Requests the gateway answered. variables, rendered_messages, client_messages and response are there under policy full only, and while each has at most 8 MiB; rows that have them are for admins; everybody else reads such requests without them by prompt_log_entries.';
comment on column nemo.prompt_logs.request_id is 'The gateway''s own id (UUIDv7), as in the receipt.';
comment on column nemo.prompt_logs.client_request_id is 'The client''s x-request-id, if it sent one.';
comment on column nemo.prompt_logs.organization_id is 'The organization.';
comment on column nemo.prompt_logs.api_key_id is 'The key that asked.';
comment on column nemo.prompt_logs.template_id is 'The template served; null for a request without one.';
comment on column nemo.prompt_logs.version is 'The version really served.';
comment on column nemo.prompt_logs.variant is 'The variant really served, when a test decided.';
comment on column nemo.prompt_logs.test_id is 'The test that decided.';
comment on column nemo.prompt_logs.test_phase is 'The phase of that test that decided.';
comment on column nemo.prompt_logs.render_hash is 'SHA-256 hex of the canonical JSON of the rendered messages.';
comment on column nemo.prompt_logs.endpoint is 'chat.completions, responses or embeddings.';
comment on column nemo.prompt_logs.model is 'The model asked of the provider.';
comment on column nemo.prompt_logs.provider is 'platform, or the name of the organization''s connection.';
comment on column nemo.prompt_logs.fake is 'True when the fake provider of a local stack was asked in place of the platform''s: answer, tokens and cost are examples.';
comment on column nemo.prompt_logs.attempts is 'Providers that were tried before the one that answered, in order: [{provider, model, status, error_code, ms}]; null when the first one answered.';
comment on column nemo.prompt_logs.status is 'The HTTP status the client got; 499 when it went away first.';
comment on column nemo.prompt_logs.error_code is 'What went wrong: a code of docs/errors.md or the provider''s own.';
comment on column nemo.prompt_logs.latency_ms is 'From the request''s arrival to the answer''s end, in milliseconds.';
comment on column nemo.prompt_logs.ttft_ms is 'To the first byte of a streamed answer, in milliseconds.';
comment on column nemo.prompt_logs.prompt_tokens is 'Tokens of the prompt, cached ones included.';
comment on column nemo.prompt_logs.cached_tokens is 'Those the provider had cached.';
comment on column nemo.prompt_logs.completion_tokens is 'Generated tokens.';
comment on column nemo.prompt_logs.usage_estimated is 'True when the provider did not say and a tokenizer counted.';
comment on column nemo.prompt_logs.cost_nanousd is 'Cost in billionths of a US dollar; null when unknown.';
comment on column nemo.prompt_logs.subject_hash is 'SHA-256 hex of the organization''s id and nemo_prompt_subject.';
comment on column nemo.prompt_logs.quality is 'The score feedback gave, 0 to 1.';
comment on column nemo.prompt_logs.variables is 'The variables, character for character as they were sent (policy full only): select variables::text where 1.0 must stay 1.0.';
comment on column nemo.prompt_logs.rendered_messages is 'The rendered messages (policy full only).';
comment on column nemo.prompt_logs.client_messages is 'What the client itself said, which came after the rendered messages: messages of a chat completion; of a request to /responses the items of its input, before them its instructions as an item of type instructions, and null when it went on from an answer that only the provider keeps (policy full only).';
comment on column nemo.prompt_logs.response is 'The answer (policy full only).';
comment on column nemo.prompt_logs.created_at is 'When the request arrived: the time inside request_id.';

alter table nemo.prompt_logs enable row level security, force row level security;
create index prompt_logs_recent_idx on nemo.prompt_logs (organization_id, created_at desc);
create index prompt_logs_template_idx on nemo.prompt_logs (organization_id, template_id, created_at desc);
-- These two are written only for requests that failed, and that came with an id of their own.
create index prompt_logs_failed_idx on nemo.prompt_logs (organization_id, created_at desc) where status >= 400 or error_code is not null;
create index prompt_logs_client_idx on nemo.prompt_logs (organization_id, lower(client_request_id)) where client_request_id is not null;
-- Row level security cannot hide a column, so a row with text in it is hidden whole from those who may not
-- read text. prompt_log_entries shows them its other columns.
create policy "members read logs without content, admins all" on nemo.prompt_logs
  for select to authenticated
  using (
    case when variables is null and rendered_messages is null and client_messages is null and response is null
      then organization_id = any ((select nemo_private.my_organizations())::uuid[])
      else organization_id = any ((select nemo_private.my_organizations('admin'))::uuid[]) end
  );
grant select on nemo.prompt_logs to authenticated, service_role;

create function nemo_private.refuse_unwanted_content()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Held, so that whoever lowers the policy and purges waits until this row can be seen.
  if not exists (select from nemo.organizations o where o.id = new.organization_id and o.data_policy = 'full' for key share) then
    perform nemo_private.fail('NM400', 'The organization''s data policy does not allow keeping content.',
      'Set the policy to full first, or leave the text out.');
  end if;
  return new;
end
$$;
comment on function nemo_private.refuse_unwanted_content() is 'Refuses a row with text of a request, an answer or feedback in it unless the policy is full (NM400), whoever writes it.';
create trigger prompt_logs_content_needs_policy
  before insert or update on nemo.prompt_logs
  for each row when (new.variables is not null or new.rendered_messages is not null or new.client_messages is not null or new.response is not null)
  execute function nemo_private.refuse_unwanted_content();

create function nemo_private.uuid_time(id uuid)
returns timestamptz
-- PL/pgSQL keeps the plan of its one expression; a SQL function would make it anew in every statement that calls it.
language plpgsql
immutable
strict
set search_path = ''
as $$
begin
  -- RFC 9562: the first 48 bits of a UUIDv7 are milliseconds since 1970.
  return to_timestamp(('x' || left(replace(uuid_time.id::text, '-', ''), 12))::bit(48)::bigint / 1000.0::double precision);
end
$$;
comment on function nemo_private.uuid_time(uuid) is 'The time inside a UUIDv7, to the millisecond.';

create function nemo_private.ensure_log_partitions()
returns void
language plpgsql
set search_path = ''
as $$
declare
  day date;
  partition text;
  waits constant text := current_setting('lock_timeout');
begin
  -- Making one locks the whole log, and whoever waits for that holds up every request that is to be written. A week
  -- ahead there is time to try again, once a backup has read what it wants.
  perform set_config('lock_timeout', '1s', true);
  for day in select generate_series((now() at time zone 'UTC')::date - 1, (now() at time zone 'UTC')::date + 7, interval '1 day')::date loop
    partition := 'prompt_logs_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass('nemo_private.' || partition) is not null;
    begin
      execute format('create table nemo_private.%I partition of nemo.prompt_logs for values from (%L) to (%L)',
        partition, day::text || ' 00:00+00', (day + 1)::text || ' 00:00+00');
      execute format('alter table nemo_private.%I enable row level security, force row level security', partition);
    exception
      -- Someone else made it at the same moment, or the default partition already has rows of that day.
      when duplicate_table or check_violation then null;
      when lock_not_available then exit;
    end;
  end loop;
  perform set_config('lock_timeout', waits, true);
end
$$;
comment on function nemo_private.ensure_log_partitions() is 'Makes the log''s partitions for yesterday to a week ahead, where they are missing and nobody is reading the log for long. Safe to repeat.';
-- Takes requests whose clock is far off, so that no log row is ever refused for its time.
create table nemo_private.prompt_logs_default partition of nemo.prompt_logs default;
alter table nemo_private.prompt_logs_default enable row level security, force row level security;
select nemo_private.ensure_log_partitions();

revoke execute on all functions in schema nemo_private from public;
