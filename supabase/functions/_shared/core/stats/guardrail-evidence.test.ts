import { expect, test } from "vitest";
import { logEvidenceAboveLimit } from "./guardrail-evidence.ts";
import { seededRandom } from "./testing/random.ts";

// The average of six likelihood ratios, evaluated in Python.
test.each([
  [30, 100, 0.1, 13.515516413430099],
  [10, 100, 0.1, -1.5274522581069607],
  [0, 500, 0.05, -11.893112950664914],
  [62.5, 250, 0.2, 0.7159905219701794],
])("%f of %i against a limit of %f: %f", (sum, n, limit, expected) => {
  expect(logEvidenceAboveLimit(sum, n, limit)).toBeCloseTo(expected, 10);
});

test("a variant at its limit is stopped by mistake in at most 5 % of tests, though checked at every request", () => {
  const experiments = 1000;
  let stopped = 0;
  for (let experiment = 0; experiment < experiments; experiment++) {
    const random = seededRandom(experiment);
    let errors = 0;
    for (let n = 1; n <= 2000; n++) {
      if (random() < 0.05) errors++;
      if (logEvidenceAboveLimit(errors, n, 0.05) >= Math.log(1 / 0.05)) {
        stopped++;
        break;
      }
    }
  }
  expect(stopped / experiments).toBeLessThanOrEqual(0.05);
  expect(stopped).toBeGreaterThan(0);
});

test("twice the limit is found within some hundred requests", () => {
  expect(logEvidenceAboveLimit(40, 400, 0.05)).toBeGreaterThan(Math.log(1 / 0.05));
});
