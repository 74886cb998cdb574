import { useState } from "react";
import { Link } from "react-router";
import { ChoiceCards } from "../../../components/choice-cards.tsx";
import { NotAllowed } from "../../../components/states.tsx";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useMyOrganizations } from "../../../lib/queries/get-my-organizations.ts";
import { useUser } from "../../../lib/session.tsx";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { useReplay } from "../use-replay.ts";
import { FromExamples } from "./from-examples.tsx";
import { FromLogs } from "./from-logs.tsx";
import styles from "./replay.module.css";
import { ReplayResults } from "./replay-results.tsx";

type Source = "logs" | "examples";

/** A version tried on what was asked before, or on saved examples, before it meets anybody. */
export function ReplayPage() {
  const may = useCan();
  const template = useOpenTemplate();
  const { id } = useOrganization();
  const { data: organizations = [] } = useMyOrganizations(useUser().id);
  const keepsContent = organizations.find((one) => one.id === id)?.data_policy === "full";
  const mayReadContent = may("logs.readContent");
  const [source, setSource] = useState<Source>("examples");
  const replay = useReplay(template.id);
  if (!may("playground.run")) return <NotAllowed what="Trying versions" takes="member" />;
  return (
    <div className={styles.page}>
      <header>
        <h2>Try a version before it meets anybody</h2>
        <p className="muted">
          The requests go through the gateway like any other, pinned to a version: what is tried is what would
          be served. They are charged and logged, and take part in no test. The answers stay here until you
          sign out or load the page again.
        </p>
      </header>
      <ChoiceCards
        legend="On what"
        value={source}
        onChange={setSource}
        choices={[
          { value: "examples", label: "Saved examples", hint: "Sets of variables that people wrote." },
          {
            value: "logs",
            label: "Logged requests",
            hint: "The newest answered chat completions, beside the answers they got. Not those of /responses.",
          },
        ]}
      />
      {source === "examples" && <FromExamples template={template} replay={replay} />}
      {source === "logs" && keepsContent && mayReadContent && (
        <FromLogs template={template} replay={replay} />
      )}
      {source === "logs" && !(keepsContent && mayReadContent) && (
        <p className={styles.closed}>
          {keepsContent ? (
            "Content of requests is for admins."
          ) : (
            <>
              Requests can be replayed only under the data policy full, which keeps their content.{" "}
              {may("policy.set") ? (
                <Link to={paths.settings(id)}>Set it for the organization</Link>
              ) : (
                "An admin sets it under Settings, Organization."
              )}
            </>
          )}
        </p>
      )}
      {replay.progress && <ReplayResults progress={replay.progress} />}
    </div>
  );
}
