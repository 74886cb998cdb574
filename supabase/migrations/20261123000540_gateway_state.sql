-- What the gateway must remember between requests: who is being served right now, with what reserved; who has
-- asked how often in the last minute; what was spent this month.

-- Unlogged: rows live for the length of a request, and after a crash of the database nothing is in flight.
create unlogged table nemo_private.in_flight (
  request_id uuid primary key,
  organization_id uuid not null,
  api_key_id uuid not null,
  key_hash text not null,
  reserved_nanousd bigint not null,
  prompt_tokens integer,
  model text,
  provider text,
  lease_until timestamptz not null,
  progress jsonb
)
-- Every row is written once and deleted a moment later. Room in its pages lets a renewal stay in its page, and
-- the dead are cleared away often, so that adding up reservations does not walk over them.
with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
comment on table nemo_private.in_flight is 'Requests being served. Their reservations bound by how much an organization can overdraw, and what a gateway that died left here is settled by settle_lost_requests.';
comment on column nemo_private.in_flight.request_id is 'The request.';
comment on column nemo_private.in_flight.organization_id is 'The organization that pays.';
comment on column nemo_private.in_flight.api_key_id is 'The key that asked.';
comment on column nemo_private.in_flight.key_hash is 'The key''s hash, what gateway_record knows it by.';
comment on column nemo_private.in_flight.reserved_nanousd is 'What the request may come to cost.';
comment on column nemo_private.in_flight.prompt_tokens is 'Estimated tokens of the prompt.';
comment on column nemo_private.in_flight.model is 'The model it will be, as far as was known on arrival.';
comment on column nemo_private.in_flight.provider is 'The organization''s own connection it is meant for, as far as was known on arrival; null for the platform''s provider. Kept so that a lost request of an own connection is not charged.';
comment on column nemo_private.in_flight.lease_until is 'Until when the gateway is taken to be alive. Renewed while the request runs.';
comment on column nemo_private.in_flight.progress is 'The log entry so far, sent with each renewal; with its text only under data policy full.';
alter table nemo_private.in_flight enable row level security, force row level security;
create index in_flight_organization_idx on nemo_private.in_flight (organization_id, api_key_id);
-- None on lease_until: the few rows are read whole once a minute, and an index would be written by every request.

create function nemo_private.without_content(entry jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select without_content.entry - array['variables', 'rendered_messages', 'client_messages', 'response']
$$;
comment on function nemo_private.without_content(jsonb) is 'A log entry of the gateway without the text of the request and its answer.';

-- Unlogged like what it is about.
create unlogged table nemo_private.withdrawn_requests (
  request_id uuid primary key,
  withdrawn_at timestamptz not null default now()
);
comment on table nemo_private.withdrawn_requests is 'Requests whose look-up the gateway gave up on and that it served to nobody. The look-up may have been carried out all the same, or may still be: what it left in flight is not charged.';
comment on column nemo_private.withdrawn_requests.request_id is 'The request.';
comment on column nemo_private.withdrawn_requests.withdrawn_at is 'When it was given up.';
alter table nemo_private.withdrawn_requests enable row level security, force row level security;

create unlogged table nemo_private.request_counts (
  api_key_id uuid not null,
  second timestamptz not null,
  requests integer not null,
  primary key (api_key_id, second)
);
comment on table nemo_private.request_counts is 'Requests of keys that have a limit, per second. The last 60 rows of a key are its last minute: a sliding window without one hot row.';
comment on column nemo_private.request_counts.api_key_id is 'The key.';
comment on column nemo_private.request_counts.second is 'The second.';
comment on column nemo_private.request_counts.requests is 'How many requests were let in.';
alter table nemo_private.request_counts enable row level security, force row level security;

create table nemo_private.key_spending (
  api_key_id uuid not null references nemo.api_keys (id) on delete cascade,
  month date not null,
  spent_nanousd bigint not null,
  primary key (api_key_id, month)
);
comment on table nemo_private.key_spending is 'What each key has cost in each calendar month (UTC).';
comment on column nemo_private.key_spending.api_key_id is 'The key.';
comment on column nemo_private.key_spending.month is 'The month''s first day.';
comment on column nemo_private.key_spending.spent_nanousd is 'The sum of known costs.';
alter table nemo_private.key_spending enable row level security, force row level security;

create table nemo_private.recorded_batches (
  batch_id uuid primary key,
  recorded_at timestamptz not null default now()
);
comment on table nemo_private.recorded_batches is 'Batches of finished requests that are written. A batch sent again, because its first answer was lost, changes nothing.';
comment on column nemo_private.recorded_batches.batch_id is 'The batch.';
comment on column nemo_private.recorded_batches.recorded_at is 'When it was written.';
alter table nemo_private.recorded_batches enable row level security, force row level security;

create function nemo_private.delete_organization_traffic()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from nemo.prompt_logs l where l.organization_id = old.id;
  delete from nemo.prompt_rollups r where r.organization_id = old.id;
  delete from nemo_private.subject_notes n where n.organization_id = old.id;
  -- The ledger is append-only but for the deletion of the whole organization, which announces itself so.
  perform set_config('nemo.removal', 'organization:' || old.id, true);
  delete from nemo.credit_ledger e where e.organization_id = old.id;
  delete from nemo_private.credit_balances b where b.organization_id = old.id;
  delete from nemo_private.in_flight f where f.organization_id = old.id;
  return null;
end
$$;
comment on function nemo_private.delete_organization_traffic() is 'Deletes what has no foreign key to its organization, because a key check per request would be paid by every request.';
create trigger organizations_delete_traffic
  after delete on nemo.organizations
  for each row execute function nemo_private.delete_organization_traffic();

revoke execute on all functions in schema nemo_private from public;
