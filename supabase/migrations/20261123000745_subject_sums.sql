-- What the rollups cannot tell: sums over subjects, of tests that assign by subject. A subject is one unit, however many
-- requests it makes, so its own sums have to be known before they can be squared.
--
-- Recording a request notes what it measured, and no more: nothing is looked up, nobody waits for anybody. Once a minute
-- the notes are added to what is known of their subjects. Whoever reads meanwhile adds the notes themselves.
--
-- Like a log row a note is of what was really served, and there is none under data policy none. Of a subject the hash is
-- kept that its log rows have, no longer than they are. Sums of many subjects name nobody and stay with their test.
-- Numeric, so that it makes no difference in which order things are added up.

create table nemo_private.subject_notes (
  organization_id uuid not null,
  test_id uuid not null,
  phase integer not null,
  variant text not null,
  subject text,
  at timestamptz not null,
  requests integer not null,
  errors integer not null,
  rated integer not null,
  quality numeric not null,
  quality_squared numeric not null,
  cost numeric,
  tokens numeric not null,
  latency numeric
)
-- Written once, read and deleted within minutes.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0);
comment on table nemo_private.subject_notes is 'What requests of tests by subject measured, and feedback on them, until it is added up.';
comment on column nemo_private.subject_notes.organization_id is 'The organization.';
comment on column nemo_private.subject_notes.test_id is 'The test.';
comment on column nemo_private.subject_notes.phase is 'The phase that decided.';
comment on column nemo_private.subject_notes.variant is 'The variant that was really served.';
comment on column nemo_private.subject_notes.subject is 'The hash of who it was for, as in the log; null for nobody named, which is a subject of its own.';
comment on column nemo_private.subject_notes.at is 'When the request arrived.';
comment on column nemo_private.subject_notes.requests is '1, or 0 when this is feedback on a request that was counted before.';
comment on column nemo_private.subject_notes.errors is '1 when it failed.';
comment on column nemo_private.subject_notes.rated is '1 when it has feedback for the first time.';
comment on column nemo_private.subject_notes.quality is 'By how much its score grew.';
comment on column nemo_private.subject_notes.quality_squared is 'By how much the square of its score grew.';
comment on column nemo_private.subject_notes.cost is 'Nano-dollars; null when the price is unknown.';
comment on column nemo_private.subject_notes.tokens is 'Prompt and answer together.';
comment on column nemo_private.subject_notes.latency is 'Milliseconds of a request that was answered; null of others.';
alter table nemo_private.subject_notes enable row level security, force row level security;

create table nemo_private.subject_sums (
  organization_id uuid not null,
  test_id uuid not null,
  phase integer not null,
  variant text not null,
  subject text not null,
  last_day date not null,
  requests numeric not null,
  errors numeric not null,
  rated numeric not null,
  quality numeric not null,
  priced numeric not null,
  cost numeric not null,
  tokens numeric not null,
  timed numeric not null,
  latency numeric not null,
  primary key (organization_id, test_id, phase, variant, subject),
  foreign key (organization_id, test_id) references nemo.ab_tests (organization_id, id) on delete cascade
) with (fillfactor = 80);
create index subject_sums_day_idx on nemo_private.subject_sums (organization_id, last_day);
comment on table nemo_private.subject_sums is 'What each subject measured in a phase of a test.';
comment on column nemo_private.subject_sums.organization_id is 'The organization.';
comment on column nemo_private.subject_sums.test_id is 'The test.';
comment on column nemo_private.subject_sums.phase is 'The phase.';
comment on column nemo_private.subject_sums.variant is 'The variant that was really served.';
comment on column nemo_private.subject_sums.subject is 'The hash of who it was, as in the log.';
comment on column nemo_private.subject_sums.last_day is 'The day of its last request: the row goes when a log row of that day would.';
comment on column nemo_private.subject_sums.requests is 'How many requests.';
comment on column nemo_private.subject_sums.errors is 'How many of them failed.';
comment on column nemo_private.subject_sums.rated is 'How many have feedback.';
comment on column nemo_private.subject_sums.quality is 'The sum of their scores.';
comment on column nemo_private.subject_sums.priced is 'How many have a known cost.';
comment on column nemo_private.subject_sums.cost is 'The sum of the costs, in nano-dollars.';
comment on column nemo_private.subject_sums.tokens is 'Tokens of prompts and answers.';
comment on column nemo_private.subject_sums.timed is 'How many were answered without an error.';
comment on column nemo_private.subject_sums.latency is 'The sum of their latencies, in milliseconds.';
alter table nemo_private.subject_sums enable row level security, force row level security;

create table nemo_private.subject_growth (
  organization_id uuid not null,
  test_id uuid not null,
  phase integer not null,
  variant text not null,
  metric text not null,
  at timestamptz not null,
  n numeric not null,
  sum_x numeric not null,
  sum_y numeric not null,
  sum_xx numeric not null,
  sum_yy numeric not null,
  sum_xy numeric not null,
  sum_of_squares numeric not null,
  primary key (organization_id, test_id, phase, variant, metric, at),
  foreign key (organization_id, test_id) references nemo.ab_tests (organization_id, id) on delete cascade
);
comment on table nemo_private.subject_growth is 'By how much the sums over subjects grew, per span of time: 5 minutes in the first hours of a phase, then an hour. Added up they are the sums of now. x is a subject''s number of values, y their total; of a subject that had (x, y) before and has (X, Y) after, sum_xx grows by X² − x² and sum_xy by XY − xy.';
comment on column nemo_private.subject_growth.organization_id is 'The organization.';
comment on column nemo_private.subject_growth.test_id is 'The test.';
comment on column nemo_private.subject_growth.phase is 'The phase.';
comment on column nemo_private.subject_growth.variant is 'The variant that was really served.';
comment on column nemo_private.subject_growth.metric is 'error_rate, quality, cost, tokens or latency.';
comment on column nemo_private.subject_growth.at is 'The beginning of the span in which the requests arrived. Feedback counts there, too; what is counted late is added to what was counted before it.';
comment on column nemo_private.subject_growth.n is 'Subjects that had no value before. Of error_rate: that had not been there.';
comment on column nemo_private.subject_growth.sum_x is 'Values.';
comment on column nemo_private.subject_growth.sum_y is 'Their sum.';
comment on column nemo_private.subject_growth.sum_xx is 'The squares of x.';
comment on column nemo_private.subject_growth.sum_yy is 'The squares of y.';
comment on column nemo_private.subject_growth.sum_xy is 'The products of x and y.';
comment on column nemo_private.subject_growth.sum_of_squares is 'The squares of the single values.';
alter table nemo_private.subject_growth enable row level security, force row level security;

create function nemo_private.note_subjects(finished nemo_private.finished_request[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  insert into nemo_private.subject_notes
  select f.organization_id, f.test_id, f.test_phase, f.variant, f.subject, f.created_at, 1,
    nemo_private.request_failed(f.status, f.error_code)::integer, 0, 0, 0, f.cost_nanousd,
    coalesce(f.prompt_tokens, 0)::numeric + coalesce(f.completion_tokens, 0),
    case when f.status < 400 and f.error_code is null then f.latency_ms end
  from unnest(note_subjects.finished) f
  join nemo.ab_tests t on t.id = f.test_id and t.assign_by = 'subject'
  where f.variant is not null and f.data_policy <> 'none';
end
$$;
comment on function nemo_private.note_subjects(nemo_private.finished_request[]) is
  'Notes what requests of tests by subject measured, as far as the data policy keeps who they were for.';

create function nemo_private.note_rating(log nemo.prompt_logs, score double precision)
returns void
language sql
set search_path = ''
as $$
  insert into nemo_private.subject_notes
  select log.organization_id, log.test_id, log.test_phase, log.variant, log.subject_hash, log.created_at, 0, 0,
    (log.quality is null)::integer, note_rating.score::numeric - coalesce(log.quality::numeric, 0),
    note_rating.score::numeric * note_rating.score::numeric - coalesce(log.quality::numeric * log.quality::numeric, 0), null, 0, null
  from nemo.ab_tests t where t.id = log.test_id and t.assign_by = 'subject' and log.variant is not null
$$;
comment on function nemo_private.note_rating(nemo.prompt_logs, double precision) is
  'Notes the feedback on a request of a test by subject, given its log row as it was before.';

revoke execute on all functions in schema nemo_private from public;
