import { METRICS } from "@core/ab/metrics.ts";
import { Id } from "../../../components/copy.tsx";
import { Facts } from "../../../components/facts.tsx";
import { Panel } from "../../../components/page.tsx";
import { Time } from "../../../components/time.tsx";
import { count } from "../../../lib/format.ts";
import { useNameOf } from "../../../lib/queries/get-people.ts";
import { useUser } from "../../../lib/session.tsx";
import type { AbTest } from "../api/get-ab-tests.ts";
import { guardrailSentence } from "../guardrails.ts";

/** How the test was set up, which is fixed once it has started. */
export function SetUpFacts({ test }: { test: AbTest }) {
  const nameOf = useNameOf(useUser().id);
  const effect = test.minimum_detectable_effect;
  return (
    <Panel title="Set-up">
      <Facts
        facts={[
          ["Decided by", METRICS[test.primary_metric].label],
          ["Smallest difference", effect === null ? "5 %" : `${Number((effect * 100).toPrecision(6))} %`],
          [
            "Planned for",
            `${count(test.planned_units ?? 10_000)} ${test.assign_by === "subject" ? "users or sessions" : "requests"}`,
          ],
          ["Same variant for", test.assign_by === "subject" ? "each user or session" : "each request id"],
          [
            "Guardrails",
            test.guardrails.length === 0 ? "none" : test.guardrails.map(guardrailSentence).join("; "),
          ],
          ["Drafted", <DraftedBy key="drafted" at={test.created_at} name={nameOf(test.created_by)} />],
          ["Started", test.started_at ? <Time key="started" at={test.started_at} /> : "not yet"],
          ["Test id", <Id key="id" value={test.id} what="test id" />],
        ]}
      />
    </Panel>
  );
}

function DraftedBy({ at, name }: { at: string; name: string }) {
  return (
    <>
      <Time at={at} /> by {name}
    </>
  );
}
