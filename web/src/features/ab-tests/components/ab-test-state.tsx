import { Status, type Tone } from "../../../components/status.tsx";
import { basisPoints } from "../../../lib/format.ts";
import type { AbTest } from "../api/get-ab-tests.ts";

const tones: Record<AbTest["state"], Tone> = {
  draft: "neutral",
  running: "accent",
  paused: "warn",
  completed: "good",
};

export function AbTestState({ test }: { test: AbTest }) {
  return (
    <Status tone={tones[test.state]} pulse={test.state === "running"}>
      {test.state}
    </Status>
  );
}

/** "A v3 60 %, B v4 40 %". */
export function splitText(test: AbTest): string {
  return test.variants
    .map(({ letter, version, weight }) => `${letter} v${version} ${basisPoints(weight)}`)
    .join(", ");
}

/** How many variants still get traffic, or would if the test went on in this phase: of fewer than two there is no test. */
export function liveVariants(test: AbTest): number {
  return test.variants.filter(({ weight, stopped_at }) => weight > 0 && stopped_at === null).length;
}
