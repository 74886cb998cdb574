import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { differenceSequence, liftSequence } from "../functions/_shared/core/stats/compare-estimates.ts";
import { meanEstimate, rateEstimate } from "../functions/_shared/core/stats/estimate.ts";
import { logEvidenceAboveLimit } from "../functions/_shared/core/stats/guardrail-evidence.ts";
import { meanSequence, normalMixtureFactor } from "../functions/_shared/core/stats/normal-mixture.ts";
import { seededRandom } from "../functions/_shared/core/stats/testing/random.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("the database and the dashboard judge alike", () => {
  test("on the width of intervals and on evidence above a limit", async () => {
    const random = seededRandom(5);
    for (let i = 0; i < 50; i++) {
      const [n, alpha, tunedFor] = [
        Math.ceil(random() * 1e6),
        0.001 + random() * 0.2,
        Math.ceil(random() * 1e5),
      ];
      const sum = random() * n;
      const limit = 0.001 + random() * 0.99;
      const [row] = await database.sql`
        select nemo_private.normal_mixture_factor(${n}, ${alpha}, ${tunedFor}) as factor,
          nemo_private.log_evidence_above(${sum}, ${n}, ${limit}) as evidence`;
      expect(row!.factor / normalMixtureFactor(n, { alpha, tunedFor })).toBeCloseTo(1, 10);
      expect(row!.evidence / logEvidenceAboveLimit(sum, n, limit)).toBeCloseTo(1, 8);
    }
  });

  test("on whether a guardrail is breached, for 300 random measurements", async () => {
    const random = seededRandom(11);
    const seen = new Set<string>();
    for (let i = 0; i < 300; i++) {
      const metric = ["error_rate", "quality", "cost", "latency"][i % 4]!;
      const rate = metric === "error_rate" || metric === "quality";
      const draw = () => sums(random, metric);
      const [variant, control] = [draw(), draw()];
      const relative = random() < 0.6;
      const bound = (relative ? 0.3 : 0.9) * random() * (rate ? 1 : relative ? 1 : 120) + 0.001;
      const alpha = 0.05 / (1 + (i % 3));
      const guardrail = { metric, [relative ? "worse_than_control_by" : "limit"]: bound };
      const row = (s: Sums | null) =>
        s
          ? database.sql`row(${s.n}, ${s.sum}, ${s.sumOfSquares})::nemo_private.metric_sums`
          : database.sql`null::nemo_private.metric_sums`;
      const [answer] = await database.sql`
        select nemo_private.guardrail_is_breached(${database.sql.json(guardrail)}, ${alpha}, ${row(variant)}, ${row(relative ? control : null)}) as breached`;
      const expected = breached(metric, bound, alpha, variant, relative ? control : null);
      expect([guardrail, variant, control, answer!.breached]).toEqual([
        guardrail,
        variant,
        control,
        expected,
      ]);
      seen.add(`${metric} ${relative} ${expected}`);
    }
    // Both answers occurred for every metric, alone and against the control.
    expect(seen.size).toBe(16);
  });
});

type Sums = { readonly n: number; readonly sum: number; readonly sumOfSquares: number };

function sums(random: () => number, metric: string): Sums {
  const n = 100 + Math.floor(random() * 900);
  const mean = metric === "cost" || metric === "latency" ? 20 + random() * 80 : random();
  if (metric === "error_rate") return { n, sum: Math.floor(n * mean), sumOfSquares: Math.floor(n * mean) };
  return { n, sum: n * mean, sumOfSquares: n * (mean ** 2 + (metric === "quality" ? 0.02 : 400 * random())) };
}

function breached(
  metric: string,
  bound: number,
  alpha: number,
  variant: Sums,
  control: Sums | null,
): boolean {
  const options = { alpha, tunedFor: 1000 };
  const estimate = (s: Sums) => (metric === "error_rate" ? rateEstimate(s.sum, s.n) : meanEstimate(s));
  if (control === null) {
    if (metric === "error_rate")
      return logEvidenceAboveLimit(variant.sum, variant.n, bound) >= -Math.log(alpha);
    if (metric === "quality")
      return logEvidenceAboveLimit(variant.n - variant.sum, variant.n, 1 - bound) >= -Math.log(alpha);
    return meanSequence(meanEstimate(variant), options).low > bound;
  }
  if (metric === "error_rate")
    return differenceSequence(estimate(control), estimate(variant), options).interval.low > bound;
  if (metric === "quality")
    return differenceSequence(estimate(variant), estimate(control), options).interval.low > bound;
  return liftSequence(estimate(control), estimate(variant), options).interval.low > bound;
}
