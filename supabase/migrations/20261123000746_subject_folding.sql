-- How notes on subjects become sums over them: at once for whoever reads, once a minute for good, and anew where asked.

-- What notes add to the sums over subjects.
create function nemo_private.growth_of(notes nemo_private.subject_notes[])
returns setof nemo_private.subject_growth
language sql
stable
set search_path = ''
as $$
  with noted as (
    select u.organization_id, u.test_id, u.phase, u.variant, u.subject,
      date_bin(case when u.at < p.began + interval '6 hours' then interval '5 minutes' else interval '1 hour' end,
        u.at, timestamptz '2000-01-01Z') as at,
      sum(u.requests) as requests, sum(u.errors) as errors, sum(u.rated) as rated, sum(u.quality) as quality,
      sum(u.quality_squared) as quality_squared, count(u.cost) as priced, coalesce(sum(u.cost), 0) as cost,
      coalesce(sum(u.cost * u.cost), 0) as cost_squared, sum(u.tokens) as tokens, sum(u.tokens * u.tokens) as tokens_squared,
      count(u.latency) as timed, coalesce(sum(u.latency), 0) as latency, coalesce(sum(u.latency * u.latency), 0) as latency_squared
    from unnest(growth_of.notes) u
    join (
      select v.test_id, v.phase, greatest(min(v.created_at), max(t.started_at) filter (where v.phase = 1)) as began
      from nemo.ab_variants v join nemo.ab_tests t on t.id = v.test_id
      where v.test_id in (select n.test_id from unnest(growth_of.notes) n)
      group by v.test_id, v.phase) p on p.test_id = u.test_id and p.phase = u.phase
    group by 1, 2, 3, 4, 5, 6
  ), known as (
    select n.*, s.requests as requests_before, s.errors as errors_before, s.rated as rated_before, s.quality as quality_before,
      s.priced as priced_before, s.cost as cost_before, s.tokens as tokens_before, s.timed as timed_before, s.latency as latency_before
    from noted n
    left join nemo_private.subject_sums s on s.organization_id = n.organization_id and s.test_id = n.test_id and s.phase = n.phase
      and s.variant = n.variant and s.subject = n.subject
  ), grown as (
    select k.organization_id, k.test_id, k.phase, k.variant, k.subject, m.metric, k.at, m.x, m.y, m.squares,
      coalesce(m.x_before, 0) + sum(m.x) over upto as all_x, coalesce(m.y_before, 0) + sum(m.y) over upto as all_y
    from known k
    cross join lateral (values
      ('error_rate', k.requests::numeric, k.errors::numeric, k.errors::numeric, k.requests_before, k.errors_before),
      ('quality', k.rated, k.quality, k.quality_squared, k.rated_before, k.quality_before),
      ('cost', k.priced, k.cost, k.cost_squared, k.priced_before, k.cost_before),
      ('tokens', k.requests, k.tokens, k.tokens_squared, k.requests_before, k.tokens_before),
      ('latency', k.timed, k.latency, k.latency_squared, k.timed_before, k.latency_before)
    ) m (metric, x, y, squares, x_before, y_before)
    where m.x <> 0 or m.y <> 0 or m.squares <> 0
    window upto as (partition by k.organization_id, k.test_id, k.phase, k.variant, k.subject, m.metric order by k.at)
  )
  -- Who was not named makes one request, and its x and y are what that one adds.
  select g.organization_id, g.test_id, g.phase, g.variant, g.metric, g.at,
    sum(case when g.subject is null then g.x when g.x > 0 and g.all_x = g.x then 1 else 0 end), sum(g.x), sum(g.y),
    sum(case when g.subject is null then g.x else (2 * g.all_x - g.x) * g.x end),
    sum(case when g.subject is null then g.squares else (2 * g.all_y - g.y) * g.y end),
    sum(case when g.subject is null then g.y else g.all_x * g.all_y - (g.all_x - g.x) * (g.all_y - g.y) end),
    sum(g.squares)
  from grown g
  group by g.organization_id, g.test_id, g.phase, g.variant, g.metric, g.at
$$;
comment on function nemo_private.growth_of(nemo_private.subject_notes[]) is
  'By how much notes that are not added up yet make the sums over subjects grow.';

create function nemo_private.subject_growth_of(test nemo.ab_tests)
returns setof nemo_private.subject_growth
language sql
stable
set search_path = ''
as $$
  select g.* from nemo_private.subject_growth g where g.organization_id = test.organization_id and g.test_id = test.id
  union all
  select g.* from nemo_private.growth_of(array(select n from nemo_private.subject_notes n where n.test_id = test.id)) g
$$;
comment on function nemo_private.subject_growth_of(nemo.ab_tests) is
  'How the sums over the subjects of a test grew, up to the newest request. Asks nobody''s leave: its callers do.';

create function nemo_private.sum_subjects(organizations uuid[], max integer default 20000)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  notes nemo_private.subject_notes[];
begin
  with taken as (
    delete from nemo_private.subject_notes n
    where n.ctid = any (array(
      select m.ctid from nemo_private.subject_notes m where m.organization_id = any (sum_subjects.organizations) limit sum_subjects.max))
    returning n)
  select array_agg(t.n) into notes from taken t;
  if notes is null then
    return 0;
  end if;
  insert into nemo_private.subject_growth as g
  select * from nemo_private.growth_of(notes)
  on conflict (organization_id, test_id, phase, variant, metric, at) do update set
    n = g.n + excluded.n, sum_x = g.sum_x + excluded.sum_x, sum_y = g.sum_y + excluded.sum_y, sum_xx = g.sum_xx + excluded.sum_xx,
    sum_yy = g.sum_yy + excluded.sum_yy, sum_xy = g.sum_xy + excluded.sum_xy, sum_of_squares = g.sum_of_squares + excluded.sum_of_squares;
  insert into nemo_private.subject_sums as s
  select u.organization_id, u.test_id, u.phase, u.variant, u.subject, max(nemo_private.utc_day(u.at)), sum(u.requests), sum(u.errors),
    sum(u.rated), sum(u.quality), count(u.cost), coalesce(sum(u.cost), 0), sum(u.tokens), count(u.latency), coalesce(sum(u.latency), 0)
  from unnest(notes) u
  where u.subject is not null
  group by u.organization_id, u.test_id, u.phase, u.variant, u.subject
  on conflict (organization_id, test_id, phase, variant, subject) do update set
    last_day = greatest(s.last_day, excluded.last_day), requests = s.requests + excluded.requests, errors = s.errors + excluded.errors,
    rated = s.rated + excluded.rated, quality = s.quality + excluded.quality, priced = s.priced + excluded.priced,
    cost = s.cost + excluded.cost, tokens = s.tokens + excluded.tokens, timed = s.timed + excluded.timed, latency = s.latency + excluded.latency;
  return cardinality(notes);
end
$$;
comment on function nemo_private.sum_subjects(uuid[], integer) is
  'Adds notes of these organizations up, and answers how many. Its caller holds the organizations, and nobody else adds theirs up meanwhile.';

create function nemo_private.fold_subjects(budget interval default '1 second')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  ends constant timestamptz := clock_timestamp() + fold_subjects.budget;
  organizations uuid[];
  summed integer;
  in_all integer := 0;
begin
  -- An organization that is being deleted or purged is left to whoever does that.
  select array_agg(o.id) into organizations from (
    select o.id from nemo.organizations o
    where o.id in (select n.organization_id from nemo_private.subject_notes n)
    for key share skip locked) o;
  loop
    summed := nemo_private.sum_subjects(coalesce(organizations, '{}'));
    in_all := in_all + summed;
    exit when summed = 0 or clock_timestamp() > ends;
  end loop;
  return in_all;
end
$$;
comment on function nemo_private.fold_subjects(interval) is
  'Adds the notes on subjects up, as many as the time allows, and answers how many. One caller at a time.';

create function nemo_private.forget_subjects(organization_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Notes first, so that what they measured is in the sums that stay.
  while nemo_private.sum_subjects(array[forget_subjects.organization_id]) > 0 loop
    null;
  end loop;
  delete from nemo_private.subject_sums s where s.organization_id = forget_subjects.organization_id;
end
$$;
comment on function nemo_private.forget_subjects(uuid) is
  'Forgets who an organization''s subjects were. What they measured stays in the sums of their tests; one that comes again counts as another subject. Its caller holds the organization alone.';

create function nemo_private.recount_subjects(test_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  test nemo.ab_tests;
begin
  select * into strict test from nemo.ab_tests t where t.id = recount_subjects.test_id and t.assign_by = 'subject';
  -- Alone: adding up needs the organization, too.
  perform from nemo.organizations o where o.id = test.organization_id for update;
  delete from nemo_private.subject_notes n where n.test_id = test.id;
  delete from nemo_private.subject_sums s where s.organization_id = test.organization_id and s.test_id = test.id;
  delete from nemo_private.subject_growth g where g.organization_id = test.organization_id and g.test_id = test.id;
  insert into nemo_private.subject_notes
  select l.organization_id, l.test_id, l.test_phase, l.variant, l.subject_hash, l.created_at, 1, l.failed::integer,
    (l.quality is not null)::integer, coalesce(l.quality::numeric, 0), coalesce(l.quality::numeric * l.quality::numeric, 0), l.cost, l.tokens, l.latency
  from nemo_private.measured_requests l
  where l.organization_id = test.organization_id and l.template_id = test.template_id and l.test_id = test.id and l.variant is not null
  order by l.created_at;
  while nemo_private.sum_subjects(array[test.organization_id]) > 0 loop
    null;
  end loop;
end
$$;
comment on function nemo_private.recount_subjects(uuid) is
  'Makes the sums over a test''s subjects anew, from its log as far as that is kept. For operators: nothing needs it.';

create function nemo_private.gateway_fold()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- One at a time is enough; whoever comes second has nothing to do.
  if not pg_try_advisory_xact_lock(hashtextextended('nemo.gateway_fold', 3)) then
    return 0;
  end if;
  return nemo_private.fold_subjects() + nemo_private.fold_usage();
end
$$;
comment on function nemo_private.gateway_fold() is
  'Adds up days that are over, for analytics, and what subjects of tests measured. In a transaction of its own, so that housekeeping holds no lock meanwhile.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.gateway_fold() to nemo_gateway;
