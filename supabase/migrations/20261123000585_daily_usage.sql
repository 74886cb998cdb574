-- The hourly rollups of a day, added up once the day is over, so that a quarter is read from some hundred rows however
-- many templates, keys and models there are. Nothing here is a source: all of it can be thrown away and added up again.
-- A day that is not added up yet, or whose rollups have changed since, is read from its hours.

create table nemo_private.daily_usage (
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  grain text not null check (grain in ('all', 'template', 'version', 'variant', 'key', 'model', 'no_template', 'cell')),
  day date not null,
  template_id text,
  version integer,
  variant text,
  api_key_id uuid,
  model text,
  requests bigint not null,
  errors bigint not null,
  cost_nanousd bigint not null,
  unpriced bigint not null,
  prompt_tokens bigint not null,
  completion_tokens bigint not null,
  latency_buckets integer[] not null,
  latency_counts bigint[] not null,
  latency_p50 integer,
  latency_p95 integer,
  most_cost_nanousd bigint,
  most_latency_ms double precision
);
comment on table nemo_private.daily_usage is 'Requests counted per day (UTC): once in all, once per template, version, variant, key and model, once per variant, key and model together, and once by all of them.';
comment on column nemo_private.daily_usage.organization_id is 'The organization.';
comment on column nemo_private.daily_usage.grain is 'By what these were counted: all (by nothing), template, version (of a template), variant, key, model, no_template (variant, key and model) or cell (everything). Columns that were not counted by are null.';
comment on column nemo_private.daily_usage.day is 'The day in which the requests arrived (UTC).';
comment on column nemo_private.daily_usage.template_id is 'The template served; null for requests without one.';
comment on column nemo_private.daily_usage.version is 'The version really served.';
comment on column nemo_private.daily_usage.variant is 'The variant really served.';
comment on column nemo_private.daily_usage.api_key_id is 'The key that asked.';
comment on column nemo_private.daily_usage.model is 'The model asked of the provider.';
comment on column nemo_private.daily_usage.requests is 'How many requests.';
comment on column nemo_private.daily_usage.errors is 'How many of them failed.';
comment on column nemo_private.daily_usage.cost_nanousd is 'The sum of the known costs.';
comment on column nemo_private.daily_usage.unpriced is 'How many have no known price.';
comment on column nemo_private.daily_usage.prompt_tokens is 'Tokens of prompts.';
comment on column nemo_private.daily_usage.completion_tokens is 'Generated tokens.';
comment on column nemo_private.daily_usage.latency_buckets is 'The buckets of the latency histogram that hold any; see nemo_private.latency_bucket.';
comment on column nemo_private.daily_usage.latency_counts is 'How many each of them holds.';
comment on column nemo_private.daily_usage.latency_p50 is 'The bucket that half of them reach; null without any.';
comment on column nemo_private.daily_usage.latency_p95 is 'The bucket that 95 % of them reach.';
comment on column nemo_private.daily_usage.most_cost_nanousd is 'The known cost of the dearest request; null without any.';
comment on column nemo_private.daily_usage.most_latency_ms is 'The latency of the slowest request, failed ones too; null without any.';
alter table nemo_private.daily_usage enable row level security, force row level security;
-- Of thousands of templates the busiest are found in the index alone; what is told of them is then read by the second one.
create index daily_usage_day_idx on nemo_private.daily_usage (organization_id, grain, day)
  include (template_id, version, variant, api_key_id, model, requests);
create index daily_usage_template_idx on nemo_private.daily_usage (organization_id, grain, template_id, day);

create table nemo_private.weekly_usage (
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  grain text not null check (grain in ('template', 'version')),
  week date not null check (extract(isodow from week) = 1),
  template_id text,
  version integer,
  requests bigint not null
);
comment on table nemo_private.weekly_usage is 'How many requests templates and versions had in weeks that are over: among thousands of them the busiest are found in a seventh of the rows.';
comment on column nemo_private.weekly_usage.organization_id is 'The organization.';
comment on column nemo_private.weekly_usage.grain is 'template or version.';
comment on column nemo_private.weekly_usage.week is 'The Monday the week begins with (UTC).';
comment on column nemo_private.weekly_usage.template_id is 'The template served; null for requests without one.';
comment on column nemo_private.weekly_usage.version is 'The version really served; null where only templates are told apart.';
comment on column nemo_private.weekly_usage.requests is 'How many requests.';
alter table nemo_private.weekly_usage enable row level security, force row level security;
create index weekly_usage_week_idx on nemo_private.weekly_usage (organization_id, grain, week) include (template_id, version, requests);

create table nemo_private.usage_folded (
  organization_id uuid primary key references nemo.organizations (id) on delete cascade,
  until date not null
);
comment on table nemo_private.usage_folded is 'How far each organization''s days are added up in daily_usage.';
comment on column nemo_private.usage_folded.organization_id is 'The organization.';
comment on column nemo_private.usage_folded.until is 'The last day that is.';
alter table nemo_private.usage_folded enable row level security, force row level security;

create table nemo_private.stale_usage (
  organization_id uuid references nemo.organizations (id) on delete cascade,
  day date,
  primary key (organization_id, day)
);
comment on table nemo_private.stale_usage is 'Days whose rollups have changed after they were added up: they are read from their hours until they are added up again.';
comment on column nemo_private.stale_usage.organization_id is 'The organization.';
comment on column nemo_private.stale_usage.day is 'The day.';
alter table nemo_private.stale_usage enable row level security, force row level security;

create function nemo_private.utc_day(moment timestamptz)
returns date
language sql
immutable
set search_path = ''
as $$
  select (utc_day.moment at time zone 'UTC')::date
$$;
comment on function nemo_private.utc_day(timestamptz) is 'The day of a moment in UTC.';

create function nemo_private.day_start(day date)
returns timestamptz
language sql
immutable
set search_path = ''
as $$
  select day_start.day::timestamp at time zone 'UTC'
$$;
comment on function nemo_private.day_start(date) is 'The first moment of a day in UTC.';

-- Whoever adds a day up holds this lock alone, whoever changes a day that is over shares it. Otherwise a change that is
-- not committed yet could be missed by both.
create function nemo_private.usage_lock(organization_id uuid)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select hashtextextended('nemo.daily_usage:' || usage_lock.organization_id::text, 7)
$$;
comment on function nemo_private.usage_lock(uuid) is 'The advisory lock of an organization''s days.';

create function nemo_private.note_late_usage(finished nemo_private.finished_request[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  late record;
begin
  for late in
    select distinct f.organization_id, nemo_private.utc_day(f.created_at) as day from unnest(note_late_usage.finished) f
    where f.created_at < date_trunc('day', now(), 'UTC') order by 1, 2
  loop
    perform pg_advisory_xact_lock_shared(nemo_private.usage_lock(late.organization_id));
    insert into nemo_private.stale_usage (organization_id, day)
    select late.organization_id, late.day from nemo_private.usage_folded f
    where f.organization_id = late.organization_id and late.day <= f.until
    on conflict do nothing;
  end loop;
end
$$;
comment on function nemo_private.note_late_usage(nemo_private.finished_request[]) is
  'Notes the days that are added up and get another request, in the transaction that counts it.';

revoke execute on all functions in schema nemo_private from public;
