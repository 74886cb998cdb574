-- Counts per hour, so that a dashboard over millions of requests reads a few thousand rows. Written in the
-- transaction that logs the requests, from what was really served. Kept under every data policy: there is no
-- text in them and nobody's name.

create function nemo_private.request_failed(status integer, error_code text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select (request_failed.status >= 400 or request_failed.error_code is not null) and request_failed.status <> 499
$$;
comment on function nemo_private.request_failed(integer, text) is
  'Whether a request counts as an error: status 400 and above or an error code, but not a client that went away (499).';

-- request_failed, written out where it would be called for each of thousands of rows: a function with a search_path of
-- its own, as every one here has, is never inlined, and a view always is.
create view nemo_private.measured_requests with (security_invoker = true) as
select l.organization_id, l.created_at, l.request_id, l.template_id, l.test_id, l.test_phase, l.variant, l.api_key_id,
  l.subject_hash, l.quality,
  (l.status >= 400 or l.error_code is not null) and l.status <> 499 as failed,
  l.cost_nanousd::double precision as cost,
  coalesce(l.prompt_tokens, 0)::double precision + coalesce(l.completion_tokens, 0) as tokens,
  case when l.status < 400 and l.error_code is null then l.latency_ms end as latency
from nemo.prompt_logs l;
comment on view nemo_private.measured_requests is
  'What a logged request counts as in the metrics. Without its text.';
comment on column nemo_private.measured_requests.organization_id is 'Whose request it was.';
comment on column nemo_private.measured_requests.created_at is 'When the gateway took it.';
comment on column nemo_private.measured_requests.request_id is 'The gateways own id of it.';
comment on column nemo_private.measured_requests.template_id is 'The template that was served; null without one.';
comment on column nemo_private.measured_requests.test_id is 'The A/B test it was assigned by.';
comment on column nemo_private.measured_requests.test_phase is 'The phase of that test.';
comment on column nemo_private.measured_requests.variant is 'The variant that was served.';
comment on column nemo_private.measured_requests.api_key_id is 'The key it came with.';
comment on column nemo_private.measured_requests.subject_hash is 'Who it was for, hashed, where a caller said it.';
comment on column nemo_private.measured_requests.quality is 'The score of its feedback, 0 to 1.';
comment on column nemo_private.measured_requests.failed is 'As request_failed says.';
comment on column nemo_private.measured_requests.cost is 'Nano-dollars; null when the price is unknown.';
comment on column nemo_private.measured_requests.tokens is 'Prompt and completion together.';
comment on column nemo_private.measured_requests.latency is 'Milliseconds, of requests that were answered; null of others.';
revoke all on nemo_private.measured_requests from public;

create table nemo.prompt_rollups (
  organization_id uuid not null,
  hour timestamptz not null,
  template_id text,
  version integer,
  variant text,
  test_id uuid,
  test_phase integer,
  api_key_id uuid,
  model text,
  requests bigint not null default 0,
  errors bigint not null default 0,
  cost_nanousd bigint not null default 0,
  cost_squared double precision not null default 0,
  unpriced bigint not null default 0,
  prompt_tokens bigint not null default 0,
  cached_tokens bigint not null default 0,
  completion_tokens bigint not null default 0,
  tokens_squared double precision not null default 0,
  latency_count bigint not null default 0,
  latency_ms_sum double precision not null default 0,
  latency_ms_squared double precision not null default 0,
  latency_histogram jsonb not null default '{}',
  ttft_count bigint not null default 0,
  ttft_ms_sum double precision not null default 0,
  ttft_histogram jsonb not null default '{}',
  quality_count bigint not null default 0,
  quality_sum double precision not null default 0,
  quality_squared double precision not null default 0,
  most_cost_nanousd bigint,
  most_latency_ms double precision,
  constraint prompt_rollups_key unique nulls not distinct
    (organization_id, hour, template_id, version, variant, test_id, test_phase, api_key_id, model)
) with (fillfactor = 70);
comment on table nemo.prompt_rollups is 'Requests counted per hour, template, version, variant, key and model.';
comment on column nemo.prompt_rollups.organization_id is 'The organization.';
comment on column nemo.prompt_rollups.hour is 'The hour in which the requests arrived (UTC).';
comment on column nemo.prompt_rollups.template_id is 'The template served; null for requests without one.';
comment on column nemo.prompt_rollups.version is 'The version really served.';
comment on column nemo.prompt_rollups.variant is 'The variant really served.';
comment on column nemo.prompt_rollups.test_id is 'The test that decided.';
comment on column nemo.prompt_rollups.test_phase is 'The phase of that test.';
comment on column nemo.prompt_rollups.api_key_id is 'The key that asked.';
comment on column nemo.prompt_rollups.model is 'The model asked of the provider.';
comment on column nemo.prompt_rollups.requests is 'How many requests.';
comment on column nemo.prompt_rollups.errors is 'How many of them failed: status 400 and above other than 499, or an error code.';
comment on column nemo.prompt_rollups.cost_nanousd is 'The sum of the known costs.';
comment on column nemo.prompt_rollups.cost_squared is 'The sum of their squares.';
comment on column nemo.prompt_rollups.unpriced is 'How many requests used tokens of a model without a known price.';
comment on column nemo.prompt_rollups.prompt_tokens is 'Tokens of prompts.';
comment on column nemo.prompt_rollups.cached_tokens is 'Those the provider had cached.';
comment on column nemo.prompt_rollups.completion_tokens is 'Generated tokens.';
comment on column nemo.prompt_rollups.tokens_squared is 'The sum over requests of (prompt + generated tokens) squared.';
comment on column nemo.prompt_rollups.latency_count is 'How many latencies are in the sums: answers without an error.';
comment on column nemo.prompt_rollups.latency_ms_sum is 'Their sum, in milliseconds.';
comment on column nemo.prompt_rollups.latency_ms_squared is 'The sum of their squares.';
comment on column nemo.prompt_rollups.latency_histogram is '{bucket: count}; see nemo_private.latency_bucket and histogram_quantile.';
comment on column nemo.prompt_rollups.ttft_count is 'How many times to the first byte are in the sum.';
comment on column nemo.prompt_rollups.ttft_ms_sum is 'Their sum, in milliseconds.';
comment on column nemo.prompt_rollups.ttft_histogram is '{bucket: count} of them.';
comment on column nemo.prompt_rollups.quality_count is 'How many requests have a quality score.';
comment on column nemo.prompt_rollups.quality_sum is 'The sum of the scores.';
comment on column nemo.prompt_rollups.quality_squared is 'The sum of their squares.';
comment on column nemo.prompt_rollups.most_cost_nanousd is 'The known cost of the dearest request; null without any.';
comment on column nemo.prompt_rollups.most_latency_ms is 'The latency of the slowest request, failed ones too; null without any.';

alter table nemo.prompt_rollups enable row level security, force row level security;
create index prompt_rollups_template_idx on nemo.prompt_rollups (organization_id, template_id, hour);
create index prompt_rollups_test_idx on nemo.prompt_rollups (organization_id, test_id, test_phase) where test_id is not null;
create policy "members read rollups" on nemo.prompt_rollups
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.prompt_rollups to authenticated, service_role;

revoke execute on all functions in schema nemo_private from public;
