import { gammaln } from "simple-statistics";

/** Below this the split of traffic is taken to be wrong. Small, because it is looked at in every test. */
export const SAMPLE_RATIO_ALPHA = 0.001;

/**
 * Weights, in units, of the priors that are averaged. A heavy prior looks for small deviations in much
 * traffic, a light one finds gross deviations in little.
 */
const PRIOR_WEIGHTS = [100, 10_000] as const;

/**
 * Whether traffic is split as the weights say, checked at any time: a p-value that stays valid however
 * often it is looked at. Under the right split the chance that it ever falls to x is at most x.
 *
 * Source: Lindon & Malek, "Anytime-Valid Inference for Multinomial Count Data", NeurIPS 2022: the Bayes
 * factor of a multinomial with a Dirichlet prior around the intended shares against those shares is a
 * martingale, and so is an average of several. The p-value is 1 over it, at most 1.
 *
 * @param counts units really served per variant
 * @param weights the intended shares, in any unit, all above zero
 */
export function sampleRatioPValue(counts: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => weight / total);
  const logs = PRIOR_WEIGHTS.map((weight) =>
    logMultinomialEvidence(
      counts,
      shares,
      shares.map((share) => share * weight),
    ),
  );
  return Math.min(1, Math.exp(Math.log(PRIOR_WEIGHTS.length) - logSumExp(logs)));
}

/** The logarithm of the Bayes factor of a Dirichlet prior against fixed shares that sum to 1. */
export function logMultinomialEvidence(
  counts: readonly number[],
  shares: readonly number[],
  prior: readonly number[],
): number {
  const posterior = prior.map((value, i) => value + counts[i]!);
  const fit = counts.reduce((sum, count, i) => sum + count * Math.log(shares[i]!), 0);
  return logMultivariateBeta(posterior) - logMultivariateBeta(prior) - fit;
}

function logMultivariateBeta(values: readonly number[]): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.reduce((sum, value) => sum + gammaln(value), 0) - gammaln(total);
}

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
