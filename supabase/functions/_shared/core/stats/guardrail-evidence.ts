/**
 * The evidence by which guardrails stop a variant. The database decides (nemo_private.check_guardrails), since
 * it has to act when nobody looks; these are the same formulas for the dashboard, and a test runs both on the
 * same numbers.
 */

/**
 * The alternatives that a limit is tested against, as shares of the way from the limit to 1: a rate a little
 * above the limit takes long to prove, a gross one shows at once.
 */
const LIMIT_ALTERNATIVES = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8] as const;

/**
 * The logarithm of the evidence that a rate is above `limit`, given the sum of `n` values between 0 and 1.
 *
 * Wald's sequential probability ratio (1945), averaged over fixed alternatives above the limit. For any true
 * rate up to the limit it is a nonnegative supermartingale of mean at most 1, so the chance that it ever
 * reaches 1/α is at most α (Ville 1939), exactly and for every n. For scores between 0 and 1 it holds as
 * well, since aˣ·b¹⁻ˣ ≤ x·a + (1 − x)·b. Limits of 0 and 1 cannot be tested.
 */
export function logEvidenceAboveLimit(sum: number, n: number, limit: number): number {
  const logs = LIMIT_ALTERNATIVES.map((share) => {
    const alternative = limit + (1 - limit) * share;
    return sum * Math.log(alternative / limit) + (n - sum) * Math.log((1 - alternative) / (1 - limit));
  });
  const largest = Math.max(...logs);
  const average = logs.reduce((total, log) => total + Math.exp(log - largest), 0) / logs.length;
  return largest + Math.log(average);
}
