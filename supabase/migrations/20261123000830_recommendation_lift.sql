-- What was predicted beside what a test measured.

create function nemo_private.measure_recommendations()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Welch's interval with the normal quantile: an A/B test here has hundreds of requests per variant.
  update nemo.prompt_recommendations r set realised_effect = m.effect
  from (
    select made.id, jsonb_object_agg(v.metric, jsonb_build_object(
        'control_mean', c.sum / c.n, 'variant_mean', v.sum / v.n, 'difference', v.sum / v.n - c.sum / c.n,
        'low', v.sum / v.n - c.sum / c.n - 1.96 * s.error, 'high', v.sum / v.n - c.sum / c.n + 1.96 * s.error,
        'control_n', c.n, 'variant_n', v.n, 'method', 'difference of means, 95 % interval (Welch)')) as effect
    from nemo.prompt_recommendations made
    join nemo.ab_variants b on b.organization_id = made.organization_id and b.test_id = new.id and b.phase = new.phase
      and b.version = made.resulting_version and b.letter <> 'A'
    join nemo_private.ab_metric_sums(new.id, new.phase) v on v.letter = b.letter
    join nemo_private.ab_metric_sums(new.id, new.phase) c on c.letter = 'A' and c.metric = v.metric
    cross join lateral (select sqrt(
      greatest(0, v.sum_of_squares - v.sum ^ 2 / nullif(v.n, 0)) / nullif((v.n - 1) * v.n, 0)
      + greatest(0, c.sum_of_squares - c.sum ^ 2 / nullif(c.n, 0)) / nullif((c.n - 1) * c.n, 0)) as error) s
    where made.organization_id = new.organization_id and made.test_id = new.id and v.n > 1 and c.n > 1
    group by made.id
  ) m
  where r.id = m.id;
  return null;
end
$$;
comment on function nemo_private.measure_recommendations() is
  'Notes, when a test is completed, what it measured for the recommendations that are its variants.';
create trigger ab_tests_measure_recommendations
  after update of state on nemo.ab_tests
  for each row when (new.state = 'completed' and old.state <> 'completed')
  execute function nemo_private.measure_recommendations();

create view nemo.recommendation_lift with (security_invoker = true) as
select r.organization_id, r.id as recommendation_id, r.template_id, r.source_version, r.resulting_version, r.layer, r.kind, r.title,
  r.state, r.test_id, r.predicted_effect, r.realised_effect, r.decided_at
from nemo.prompt_recommendations r
where r.state in ('accepted', 'edited');
comment on view nemo.recommendation_lift is 'Accepted recommendations with what was predicted and, once their A/B test is completed, what it measured.';
comment on column nemo.recommendation_lift.organization_id is 'The organization.';
comment on column nemo.recommendation_lift.recommendation_id is 'The recommendation.';
comment on column nemo.recommendation_lift.template_id is 'The template.';
comment on column nemo.recommendation_lift.source_version is 'The version it was made for.';
comment on column nemo.recommendation_lift.resulting_version is 'The version accepting it made.';
comment on column nemo.recommendation_lift.layer is 'analyser or model.';
comment on column nemo.recommendation_lift.kind is 'What it is about.';
comment on column nemo.recommendation_lift.title is 'The suggestion in one line.';
comment on column nemo.recommendation_lift.state is 'accepted or edited.';
comment on column nemo.recommendation_lift.test_id is 'The A/B test of it; null when it was never tested.';
comment on column nemo.recommendation_lift.predicted_effect is 'The estimates it was shown with.';
comment on column nemo.recommendation_lift.realised_effect is 'Per metric the difference its test measured with a 95 % interval; null without a completed test.';
comment on column nemo.recommendation_lift.decided_at is 'When it was accepted.';
grant select on nemo.recommendation_lift to authenticated, service_role;

revoke execute on all functions in schema nemo, nemo_private from public;
