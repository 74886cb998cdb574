import { AS_LOGGED } from "@core/replay/logged-cases.ts";
import { count, dollars, percent } from "../../../lib/format.ts";
import { useReplayCost } from "../api/get-replay-cost.ts";
import type { ReplayProgress } from "../use-replay.ts";

/** What it did cost beside what was expected, and how far apart the two are. */
export function ReplayCharge({ progress: { request, results, state } }: { progress: ReplayProgress }) {
  const asked = results.flatMap(({ answers }) =>
    answers.filter((_, side) => request.versions[side] !== AS_LOGGED),
  );
  const ids = asked.flatMap(({ requestId }) => (requestId ? [requestId] : []));
  const { data: cost } = useReplayCost(request.templateId, state === "running" ? [] : ids);
  if (!cost || cost.requests === 0) return null;
  const { nanousd, requests } = request.estimate;
  const whole = state === "done" && cost.unpriced === 0;
  return (
    <p className="meta num">
      Charged {dollars(cost.cost_nanousd)} for {count(cost.requests)}{" "}
      {cost.requests === 1 ? "request" : "requests"}
      {cost.unpriced > 0 && `, of which ${count(cost.unpriced)} had no known price`}
      {nanousd === null
        ? "; what it would cost was not known"
        : `; ${dollars(nanousd)} was expected for ${count(requests)}`}
      {whole && nanousd ? `, so ${apart(cost.cost_nanousd / nanousd - 1)}` : ""}.
    </p>
  );
}

function apart(share: number): string {
  if (Math.abs(share) < 0.0005) return "as much as expected";
  return `${percent(Math.abs(share))} ${share > 0 ? "more" : "less"} than expected`;
}
