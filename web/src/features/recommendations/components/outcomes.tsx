import { METRICS, type Metric } from "@core/ab/metrics.ts";
import { Link } from "react-router";
import { Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty } from "../../../components/states.tsx";
import { Badge } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { type Outcome, useOutcomes } from "../api/get-outcomes.ts";
import { isScarce, measuredChange, SCARCE, signed, tokenChange } from "../words.ts";
import { toOpen } from "./nothing.tsx";
import styles from "./outcomes.module.css";

/** Every accepted recommendation: what was predicted beside what its A/B test measured. */
export function Outcomes({ templateId }: { templateId?: string }) {
  return (
    <QueryView
      query={useOutcomes(templateId)}
      empty={
        <Empty title="Nothing accepted yet" action={toOpen}>
          Once a recommendation is accepted and its A/B test has been completed, its prediction and what was
          measured stand here side by side.
        </Empty>
      }
    >
      {(outcomes) => (
        <Panel
          title="Did the predictions hold?"
          lead="Predicted on the left when it was accepted; on the right the difference its A/B test measured, with a 95 % interval."
          flush
        >
          <OutcomeTable outcomes={outcomes} />
        </Panel>
      )}
    </QueryView>
  );
}

function OutcomeTable({ outcomes }: { outcomes: Outcome[] }) {
  const { data: templates = [] } = useTemplates();
  const { id: org } = useOrganization();
  return (
    <TableScroller label="Predicted and measured">
      <table className={table.table} aria-label="Predicted and measured">
        <thead>
          <tr>
            <th>Recommendation</th>
            <th>
              Predicted <Badge tone="accent">estimate</Badge>
            </th>
            <th>Measured</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((one) => (
            <tr key={one.recommendation_id}>
              <th scope="row">
                {one.title}
                <br />
                <Link to={paths.history(org, one.template_id)} className="mono">
                  {templates.find(({ id }) => id === one.template_id)?.name ?? one.template_id} v
                  {one.source_version} → v{one.resulting_version}
                </Link>
              </th>
              <td>
                <Predicted outcome={one} />
              </td>
              <td>
                <MeasuredCell outcome={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroller>
  );
}

function Predicted({ outcome: { predicted_effect } }: { outcome: Outcome }) {
  const { tokens, quality = [] } = predicted_effect;
  if (!tokens && quality.length === 0) return <span className="muted">advice, nothing predicted</span>;
  return (
    <ul className={styles.figures}>
      {tokens && <li>{tokenChange(tokens)} input tokens</li>}
      {quality.map(({ method, low, high, judgements, unit }) => (
        <li key={method}>
          {signed(low, Math.abs(low).toFixed(1))} to {signed(high, Math.abs(high).toFixed(1))} {unit}, n ={" "}
          {judgements}
        </li>
      ))}
    </ul>
  );
}

function MeasuredCell({ outcome: { realised_effect, test_id } }: { outcome: Outcome }) {
  const { id: org } = useOrganization();
  if (!test_id) return <span className="muted">never tested</span>;
  if (!realised_effect) return <Link to={paths.test(org, test_id)}>test not completed</Link>;
  const metrics = Object.entries(realised_effect) as [
    Metric,
    NonNullable<Outcome["realised_effect"]>[Metric],
  ][];
  return (
    <ul className={styles.figures}>
      {isScarce(realised_effect) && <li className="muted">{SCARCE}</li>}
      {metrics.map(
        ([metric, measured]) =>
          measured && (
            <li key={metric}>
              {METRICS[metric]?.label ?? metric}: {measuredChange(metric, measured)}
              <span className="muted">
                {" "}
                ({measuredChange(metric, { ...measured, difference: measured.low })} to{" "}
                {measuredChange(metric, { ...measured, difference: measured.high })}, n = {measured.control_n}{" "}
                / {measured.variant_n})
              </span>
            </li>
          ),
      )}
    </ul>
  );
}
