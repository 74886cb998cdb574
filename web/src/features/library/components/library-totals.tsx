import { Figures } from "../../../components/figures.tsx";
import { compactCount, milliseconds } from "../../../lib/format.ts";
import { type LibraryTotals as Totals, useLibraryTotals } from "../api/get-library-totals.ts";

/** Their place is kept until they are here: the list below does not jump away from under a press. */
export function LibraryTotals() {
  const { data, isError } = useLibraryTotals();
  if (isError && !data) return null;
  const show = (say: (totals: Totals) => string) => (data ? say(data) : "…");
  return (
    <Figures
      label="Totals"
      figures={[
        { name: "Templates", value: show(({ templates }) => compactCount(templates)) },
        { name: "Versions tracked", value: show(({ versions }) => compactCount(versions)) },
        {
          name: "Activation p50 / p95",
          value: show(({ activation_p50_ms: p50, activation_p95_ms: p95 }) =>
            p50 === null || p95 === null ? "none yet" : `${milliseconds(p50)} / ${milliseconds(p95)}`,
          ),
          note: show(({ activations }) => `n = ${compactCount(activations)}, 30 days`),
        },
        {
          name: "Cross-tenant denials",
          value: show(({ denials_24h }) => compactCount(denials_24h)),
          note: "24 hours",
        },
      ]}
    />
  );
}
