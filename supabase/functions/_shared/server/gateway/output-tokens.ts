/** What is reserved for an answer whose client set no limit; most are far shorter. */
const USUAL = 2_048;
/** No model says more at once, and nobody asks for more answers. */
const MOST = 1_000_000;
const MOST_ANSWERS = 128;

/**
 * The most that a request may have generated, for its reservation. Of several limits the largest counts, because
 * providers do not agree which one does, and some read a number from a text.
 */
export function outputTokens(body: Record<string, unknown>): number {
  const limits = [body.max_completion_tokens, body.max_tokens, body.max_output_tokens]
    .map(Number)
    .filter((limit) => limit > 0);
  const each = limits.length === 0 ? USUAL : Math.min(Math.max(...limits), MOST);
  const answers = Number(body.n) >= 1 ? Math.min(Number(body.n), MOST_ANSWERS) : 1;
  return Math.ceil(each) * Math.ceil(answers);
}
