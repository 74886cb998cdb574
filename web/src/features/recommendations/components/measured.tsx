import { METRICS, type Metric } from "@core/ab/metrics.ts";
import { Link } from "react-router";
import { Interval } from "../../../components/interval.tsx";
import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { count } from "../../../lib/format.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { RealisedEffect, Recommendation } from "../api/get-recommendations.ts";
import { isScarce, measuredChange, SCARCE } from "../words.ts";
import styles from "./detail.module.css";

/** What an A/B test of the accepted text found, in the same place as what was predicted. */
export function Measured({ recommendation }: { recommendation: Recommendation }) {
  const { id: org } = useOrganization();
  const { test_id, realised_effect } = recommendation;
  if (!test_id) return null;
  return (
    <section className={styles.section} aria-label="Measured effect">
      <h3 className={styles.heading}>Measured effect</h3>
      {realised_effect ? (
        <>
          {isScarce(realised_effect) && <p className="muted">{SCARCE}</p>}
          <MeasuredTable effect={realised_effect} />
        </>
      ) : (
        <p className="muted">
          Its <Link to={paths.test(org, test_id)}>A/B test</Link> has not been completed. What it measures
          will stand here, beside the prediction.
        </p>
      )}
    </section>
  );
}

function MeasuredTable({ effect }: { effect: RealisedEffect }) {
  const metrics = Object.entries(effect) as [Metric, NonNullable<RealisedEffect[Metric]>][];
  return (
    <TableScroller label="Measured by the A/B test">
      <table className={table.table} aria-label="Measured by the A/B test">
        <thead>
          <tr>
            <th>Metric</th>
            <th className={table.number}>Difference</th>
            <th>95 % interval</th>
            <th className={table.number}>n before / after</th>
          </tr>
        </thead>
        <tbody>
          {metrics.map(([metric, measured]) => (
            <tr key={metric}>
              <th scope="row">{METRICS[metric]?.label ?? metric}</th>
              <td className={table.number}>{measuredChange(metric, measured)}</td>
              <td>
                <Interval low={measured.low} high={measured.high} />
              </td>
              <td className={table.number}>
                {count(measured.control_n)} / {count(measured.variant_n)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroller>
  );
}
