import { Figures } from "../../../components/figures.tsx";
import { compactCount, milliseconds } from "../../../lib/format.ts";
import { useLibraryTotals } from "../api/get-library-totals.ts";

export function LibraryTotals() {
  const { data } = useLibraryTotals();
  if (!data) return null;
  const { activation_p50_ms: p50, activation_p95_ms: p95, activations } = data;
  return (
    <Figures
      label="Totals"
      figures={[
        { name: "Templates", value: compactCount(data.templates) },
        { name: "Versions tracked", value: compactCount(data.versions) },
        {
          name: "Activation p50 / p95",
          value: p50 === null || p95 === null ? "none yet" : `${milliseconds(p50)} / ${milliseconds(p95)}`,
          note: `n = ${compactCount(activations)}, 30 days`,
        },
        { name: "Cross-tenant denials", value: compactCount(data.denials_24h), note: "24 hours" },
      ]}
    />
  );
}
