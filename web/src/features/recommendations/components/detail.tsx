import { useState } from "react";
import { Link } from "react-router";
import { VersionDiff } from "../../../components/diff/version-diff.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Badge, Status } from "../../../components/status.tsx";
import { Time } from "../../../components/time.tsx";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useNameOf } from "../../../lib/queries/get-people.ts";
import { type Template, useTemplates } from "../../../lib/queries/get-templates.ts";
import { useVersions, type Version } from "../../../lib/queries/get-versions.ts";
import { useUser } from "../../../lib/session.tsx";
import { type Recommendation, useRecommendation } from "../api/get-recommendations.ts";
import { tones } from "../words.ts";
import { Decision } from "./decision.tsx";
import styles from "./detail.module.css";
import { EditProposal } from "./edit-proposal.tsx";
import { Evidence } from "./evidence.tsx";
import { Measured } from "./measured.tsx";
import { Prediction } from "./prediction.tsx";

/** One recommendation, read from top to bottom: what, why, where, what it may bring, the change itself. */
export function Detail({ id, onShow }: { id: string; onShow: (id: string) => void }) {
  return (
    <QueryView query={useRecommendation(id)}>
      {(recommendation) => <Article key={id} recommendation={recommendation} onShow={onShow} />}
    </QueryView>
  );
}

type ArticleProps = { recommendation: Recommendation; onShow: (id: string) => void };

function Article({ recommendation, onShow }: ArticleProps) {
  const { id: org } = useOrganization();
  const { data: templates = [] } = useTemplates();
  const { data: versions } = useVersions(recommendation.template_id);
  const [editing, setEditing] = useState(false);
  const template = templates.find(({ id }) => id === recommendation.template_id);
  const source = versions?.find(({ version }) => version === recommendation.source_version);
  return (
    <article className={styles.article} aria-label={recommendation.title}>
      <header className={styles.header}>
        <div>
          <h2 className={styles.title}>{recommendation.title}</h2>
          <p className={styles.facts}>
            <Status tone={tones[recommendation.severity]}>{recommendation.severity}</Status>
            <Link
              to={paths.editor(org, recommendation.template_id, recommendation.source_version)}
              className="mono"
            >
              {template?.name ?? recommendation.template_id} v{recommendation.source_version}
            </Link>
            <span className="muted">
              {recommendation.layer === "model" ? (
                <>written by {recommendation.model}, checked against the template</>
              ) : (
                <>found by rule, no model asked</>
              )}
            </span>
            <span className="muted">
              <Time at={recommendation.created_at} />
            </span>
          </p>
        </div>
        {!editing && (
          <Decision
            recommendation={recommendation}
            template={template}
            onEdit={() => setEditing(true)}
            onShow={onShow}
          />
        )}
      </header>
      <Standing recommendation={recommendation} template={template} />
      {editing && source && template ? (
        <EditProposal
          recommendation={recommendation}
          source={source}
          next={template.latest_version + 1}
          onCancel={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            onShow(recommendation.id);
          }}
        />
      ) : (
        <Body recommendation={recommendation} source={source} />
      )}
    </article>
  );
}

function Body({ recommendation, source }: { recommendation: Recommendation; source: Version | undefined }) {
  const { reason, evidence, predicted_effect, proposed_messages } = recommendation;
  const [why, ...places] = reason.split("\n");
  const predicts = Boolean(predicted_effect.tokens || predicted_effect.quality?.length);
  return (
    <>
      <section className={styles.section} aria-label="Why">
        <h3 className={styles.heading}>Why</h3>
        <p className={styles.reason}>{why}</p>
        {places.length > 0 && (
          <ul className={styles.findings}>
            {places.map((place, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences have no identity but their place
              <li key={index}>{place}</li>
            ))}
          </ul>
        )}
        {source && evidence.length > 0 && <Evidence messages={source.messages} evidence={evidence} />}
      </section>
      {predicts && <Prediction effect={predicted_effect} />}
      <Measured recommendation={recommendation} />
      {source && (
        <section className={styles.section} aria-label="The change">
          <h3 className={styles.heading}>The change</h3>
          {proposed_messages ? (
            <VersionDiff
              before={source}
              after={{
                messages: proposed_messages,
                config: recommendation.proposed_config ?? source.config,
                contract: recommendation.proposed_contract ?? source.contract,
              }}
            />
          ) : (
            <p className="muted">
              This is advice: what to write here only you can know. “Edit the text” saves your wording as a
              new version and notes that it followed this advice.
            </p>
          )}
        </section>
      )}
    </>
  );
}

/** Where it stands: superseded, or decided by whom and why. */
function Standing({
  recommendation,
  template,
}: {
  recommendation: Recommendation;
  template: Template | undefined;
}) {
  const nameOf = useNameOf(useUser().id);
  const { id: org } = useOrganization();
  const { state, decided_by, decided_at, decision_note, resulting_version, source_version } = recommendation;
  if (state === "open") return null;
  if (state === "superseded")
    return (
      <p className={styles.standing}>
        <Badge tone="warn">superseded</Badge>
        <span>
          Made for v{source_version};{" "}
          {template ? `v${template.latest_version} is the newest` : "a newer one exists"}.{" "}
          {recommendation.proposed_messages
            ? "It can be carried over where the text around it is still the same."
            : "Have the newest version looked over to see whether it still holds."}
        </span>
      </p>
    );
  return (
    <p className={styles.standing}>
      <Badge tone={resulting_version ? "good" : "neutral"}>{state}</Badge>
      <span>
        {resulting_version && (
          <>
            became{" "}
            <Link to={paths.editor(org, recommendation.template_id, resulting_version)}>
              v{resulting_version}
            </Link>
            ,{" "}
          </>
        )}
        by {nameOf(decided_by)} {decided_at && <Time at={decided_at} />}
        {decision_note && <>: “{decision_note}”</>}
      </span>
    </p>
  );
}
