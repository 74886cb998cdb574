-- When is a variant clearly harmful? Three short formulas. The dashboard shows the same judgement from
-- functions/_shared/core/stats, and a test compares the two.

create function nemo_private.normal_mixture_factor(n double precision, alpha double precision, tuned_for double precision)
returns double precision
language sql
immutable
set search_path = ''
as $$
  -- stats/normal-mixture.ts gives the source: sqrt((1 + 1/r) (ln(1 + r) + 2 ln(1/alpha))), r = n/tuned × (L + ln(1 + L)).
  select sqrt((1 + 1 / r.r) * (ln(1 + r.r) - 2 * ln(normal_mixture_factor.alpha)))
  from (select l.l + ln(1 + l.l) as tuned from (select -2 * ln(normal_mixture_factor.alpha) as l) l) t,
    lateral (select normal_mixture_factor.n / normal_mixture_factor.tuned_for * t.tuned as r) r
$$;
comment on function nemo_private.normal_mixture_factor(double precision, double precision, double precision) is
  'Half the width of an always-valid interval in standard errors after n units (Howard et al. 2021; Waudby-Smith et al. 2024).';

create function nemo_private.log_evidence_above(sum double precision, n double precision, bound double precision)
returns double precision
language sql
immutable
set search_path = ''
as $$
  -- stats/guardrail-evidence.ts gives the source: Wald's likelihood ratio averaged over six alternatives.
  with logs as (
    select log_evidence_above.sum * ln(alternative / log_evidence_above.bound)
      + (log_evidence_above.n - log_evidence_above.sum) * ln((1 - alternative) / (1 - log_evidence_above.bound)) as log
    from unnest(array[0.02, 0.05, 0.1, 0.2, 0.4, 0.8]::double precision[]) share,
      lateral (select log_evidence_above.bound + (1 - log_evidence_above.bound) * share as alternative) a
  ), largest as (select max(log) as log from logs)
  -- Differences below -700 are nothing to their sum and would be an underflow error to exp.
  select largest.log + ln((select avg(exp(greatest(logs.log - largest.log, -700))) from logs)) from largest
$$;
comment on function nemo_private.log_evidence_above(double precision, double precision, double precision) is
  'The logarithm of the evidence that a mean of n values between 0 and 1 with this sum is above the bound. Reaching ln(1/alpha) ever, with the mean at most the bound, has at most the chance alpha.';

create function nemo_private.unit_variance(n double precision, sum double precision, sum_of_squares double precision)
returns double precision
language sql
immutable
set search_path = ''
as $$
  select case when unit_variance.n >= 2
    then greatest(0, (unit_variance.sum_of_squares - unit_variance.sum ^ 2 / unit_variance.n) / (unit_variance.n - 1)) end
$$;
comment on function nemo_private.unit_variance(double precision, double precision, double precision) is 'The unbiased variance of one unit, from its three sums; null below two units.';

create type nemo_private.metric_sums as (n double precision, sum double precision, sum_of_squares double precision);
comment on type nemo_private.metric_sums is 'How many values, their sum and the sum of their squares.';

create function nemo_private.guardrail_is_breached(guardrail jsonb, alpha double precision, variant_sums nemo_private.metric_sums, control_sums nemo_private.metric_sums)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  metric text := guardrail_is_breached.guardrail ->> 'metric';
  bound double precision := coalesce(guardrail_is_breached.guardrail -> 'limit', guardrail_is_breached.guardrail -> 'worse_than_control_by')::double precision;
  v_mean double precision := variant_sums.sum / variant_sums.n;
  c_mean double precision := control_sums.sum / control_sums.n;
  -- Tuned for finding harm early: see stats/normal-mixture.ts.
  factor double precision := nemo_private.normal_mixture_factor(
    variant_sums.n + coalesce(control_sums.n, 0), guardrail_is_breached.alpha, 1000);
  v_unit double precision;
  c_unit double precision;
  pooled double precision;
begin
  v_unit := nemo_private.unit_variance(variant_sums.n, variant_sums.sum, variant_sums.sum_of_squares);
  if control_sums.n is null then
    case metric
      when 'error_rate', 'latency_p95' then
        -- Of a p95 the share of slow requests is tested: it may be one in twenty.
        return nemo_private.log_evidence_above(variant_sums.sum, variant_sums.n,
          case metric when 'latency_p95' then 0.05 else bound end) >= -ln(guardrail_is_breached.alpha);
      when 'quality' then
        return nemo_private.log_evidence_above(variant_sums.n - variant_sums.sum, variant_sums.n, 1 - bound) >= -ln(guardrail_is_breached.alpha);
      else
        return v_mean - factor * sqrt(v_unit / variant_sums.n) > bound;
    end case;
  end if;

  c_unit := nemo_private.unit_variance(control_sums.n, control_sums.sum, control_sums.sum_of_squares);
  if metric = 'error_rate' then
    -- One more error and one more success on either side, so that no error at all is not taken for certainty.
    v_unit := ((variant_sums.sum + 1) / (variant_sums.n + 2)) * (1 - (variant_sums.sum + 1) / (variant_sums.n + 2)) * variant_sums.n / (variant_sums.n + 2);
    c_unit := ((control_sums.sum + 1) / (control_sums.n + 2)) * (1 - (control_sums.sum + 1) / (control_sums.n + 2)) * control_sums.n / (control_sums.n + 2);
  elsif metric in ('cost', 'latency', 'tokens') then
    if not (v_mean > 0 and c_mean > 0) then
      return false;
    end if;
    v_unit := v_unit / v_mean ^ 2;
    c_unit := c_unit / c_mean ^ 2;
  end if;
  -- Own variance or that of both, whichever is larger: see cautiousVariance of stats/compare-estimates.ts.
  pooled := (v_unit * variant_sums.n + c_unit * control_sums.n) / (variant_sums.n + control_sums.n);
  factor := factor * sqrt(greatest(v_unit, pooled) / variant_sums.n + greatest(c_unit, pooled) / control_sums.n);
  return case metric
    when 'error_rate' then v_mean - c_mean - factor > bound
    when 'quality' then c_mean - v_mean - factor > bound
    else ln(v_mean / c_mean) - factor > ln(1 + bound)
  end;
end
$$;
comment on function nemo_private.guardrail_is_breached(jsonb, double precision, nemo_private.metric_sums, nemo_private.metric_sums) is
  'Whether sums {n, sum, sum_of_squares} show with confidence 1 - alpha, at whatever moment they are looked at, that a variant breaches a guardrail. A limit is judged alone (control sums with n null), worse_than_control_by against the control: a difference of error rate or quality, a share of cost, latency or tokens.';

revoke execute on all functions in schema nemo_private from public;
