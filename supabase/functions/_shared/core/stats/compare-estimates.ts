import type { Estimate, Interval } from "./estimate.ts";
import { meanSequence, type SequenceOptions } from "./normal-mixture.ts";

/**
 * Nothing is said about a comparison before both sides have this many units. The sequences are asymptotic:
 * they rest on estimated variances and on sums that behave normally, which a handful of requests do not. The
 * simulations in false-positives.test.ts are run with this number, down to rates of 1 % and skewed costs.
 */
export const MIN_UNITS = 100;

/** What a variant adds to the control, with an interval that holds at every look. */
export type Comparison = { readonly estimate: number; readonly interval: Interval };

/**
 * The difference `variant − control`. The two are independent, so variances add; time is counted in the units
 * of both. This is the randomized experiment of Waudby-Smith et al. (2024), section 3, without covariates:
 * the mean of the pseudo-outcomes is the difference of means, and their variance σ²ᵥ/πᵥ + σ²꜀/π꜀ over n.
 */
export function differenceSequence(
  control: Estimate,
  variant: Estimate,
  options: SequenceOptions,
): Comparison {
  const difference: Estimate = {
    value: variant.value - control.value,
    variance: cautiousVariance(control, variant),
    n: timeOf(variant, control),
  };
  const interval = enough(control, variant) ? meanSequence(difference, options) : EVERYTHING;
  return { estimate: difference.value, interval };
}

/**
 * The relative lift `variant / control − 1` of two positive means, by the delta method on the logarithm:
 * var(ln x̄) ≈ var(x̄)/x̄² (Deng et al., KDD 2018, section 2; a smooth function of means keeps an asymptotic
 * confidence sequence by the same linearization). On the logarithm the lift of B over A and that of A over B
 * say the same, and the interval stays above −100 %. Says nothing while either mean is not positive.
 */
export function liftSequence(control: Estimate, variant: Estimate, options: SequenceOptions): Comparison {
  if (!(control.value > 0 && variant.value > 0)) {
    return { estimate: Number.NaN, interval: { low: -1, high: Number.POSITIVE_INFINITY } };
  }
  const log: Estimate = {
    value: Math.log(variant.value / control.value),
    variance: cautiousVariance(relative(control), relative(variant)),
    n: timeOf(variant, control),
  };
  const { low, high } = enough(control, variant) ? meanSequence(log, options) : EVERYTHING;
  return { estimate: Math.expm1(log.value), interval: { low: Math.expm1(low), high: Math.expm1(high) } };
}

/**
 * The chance of error that each of several comparisons with the control may use, so that the chance of any
 * error stays `alpha` (Bonferroni; Dunn, "Multiple comparisons among means", JASA 56, 1961). It needs no
 * independence, which comparisons sharing one control do not have.
 */
export function alphaPerComparison(alpha: number, comparisons: number): number {
  return alpha / Math.max(1, comparisons);
}

/**
 * The variance of a difference: σ²ᵥ/nᵥ + σ²꜀/n꜀, where each side's σ² is its own or that of both together,
 * whichever is larger. Of a skewed metric a small side has usually not yet seen the rare large values that
 * make up most of its variance, and would be sure too early. In simulations of log-normal costs (σ = 1.5) with
 * 10 % of traffic on the variant, its own variance alone gives 9 % false positives, this one below 5 %. Where
 * both sides vary alike it costs nothing.
 */
function cautiousVariance(control: Estimate, variant: Estimate): number {
  const own = [control.variance * control.n, variant.variance * variant.n] as const;
  const pooled = (own[0] * control.n + own[1] * variant.n) / (control.n + variant.n);
  return Math.max(own[0], pooled) / control.n + Math.max(own[1], pooled) / variant.n;
}

/** The estimate in units of itself, as the delta method sees its logarithm. */
function relative(estimate: Estimate): Estimate {
  return { ...estimate, variance: estimate.variance / estimate.value ** 2 };
}

const EVERYTHING: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function enough(control: Estimate, variant: Estimate): boolean {
  return unitsToGoByLeast(control, variant) === 0;
}

/** How many more units of both sides together, about, until each has the least number: MIN_UNITS of equal weight. */
export function unitsToGoByLeast(control: Estimate, variant: Estimate): number {
  const least = Math.min(control.evenUnits ?? control.n, variant.evenUnits ?? variant.n);
  return least >= MIN_UNITS ? 0 : (control.n + variant.n) * (MIN_UNITS / least - 1);
}

/** The time that a comparison has come to, in independent values of both sides. */
export function timeOf(control: Estimate, variant: Estimate): number {
  return (control.worth ?? control.n) + (variant.worth ?? variant.n);
}
