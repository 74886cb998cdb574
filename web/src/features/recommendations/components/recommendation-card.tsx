import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { VersionDiff } from "../../../components/diff/version-diff.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import { Panel } from "../../../components/page.tsx";
import { Badge, Status, type Tone } from "../../../components/status.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { count, dollars } from "../../../lib/format.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useVersions } from "../../../lib/queries/get-versions.ts";
import { useAccept, useDismiss } from "../api/decide.ts";
import type { PredictedEffect, Recommendation } from "../api/get-recommendations.ts";
import styles from "./recommendations.module.css";

const tones: Record<Recommendation["severity"], Tone> = { info: "neutral", warning: "warn", error: "bad" };

export function RecommendationCard({ recommendation }: { recommendation: Recommendation }) {
  const { id: org } = useOrganization();
  const { data: templates = [] } = useTemplates();
  const template = templates.find(({ id }) => id === recommendation.template_id);
  const old = template !== undefined && template.latest_version > recommendation.source_version;
  return (
    <Panel
      title={recommendation.title}
      lead={
        <span className={styles.facts}>
          <Status tone={tones[recommendation.severity]}>{recommendation.severity}</Status>
          <Link to={paths.templateRecommendations(org, recommendation.template_id)} className="mono">
            {template?.name ?? recommendation.template_id} v{recommendation.source_version}
          </Link>
          {recommendation.layer === "model" && <Badge>by a model</Badge>}
          {old && <Badge tone="warn">for an older version</Badge>}
        </span>
      }
      actions={<Decision recommendation={recommendation} />}
    >
      <div className={styles.body}>
        <p>{recommendation.reason}</p>
        <Prediction effect={recommendation.predicted_effect} />
        {recommendation.proposed_messages && <Proposal recommendation={recommendation} />}
      </div>
    </Panel>
  );
}

function Prediction({ effect }: { effect: PredictedEffect }) {
  const { tokens, quality } = effect;
  if (!tokens && !quality?.length) return null;
  return (
    <p className={styles.facts}>
      <Badge tone="accent">estimate</Badge>
      {tokens && (
        <span className="num">
          {count(tokens.before)} → {count(tokens.after)} tok ({tokens.percent} % less
          {tokens.savedNanousdPer1000 !== null &&
            `, ${dollars(tokens.savedNanousdPer1000)} per 1,000 requests`}
          )
        </span>
      )}
      {quality?.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: estimates are told apart by their place
        <span key={index} className="num">
          quality {one.low.toFixed(2)} to {one.high.toFixed(2)}
          {one.method && `, by ${one.method}`}
          {one.judgements !== undefined && ` (n = ${one.judgements})`}
        </span>
      ))}
    </p>
  );
}

function Proposal({ recommendation }: { recommendation: Recommendation }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the change" : "Show the change"}
        </Button>
      </div>
      {open && <ProposalDiff recommendation={recommendation} />}
    </>
  );
}

function ProposalDiff({ recommendation }: { recommendation: Recommendation }) {
  const { data: versions } = useVersions(recommendation.template_id);
  const source = versions?.find(({ version }) => version === recommendation.source_version);
  if (!source) return null;
  const { proposed_messages, proposed_config, proposed_contract } = recommendation;
  return (
    <VersionDiff
      before={source}
      after={{
        messages: proposed_messages ?? source.messages,
        config: proposed_config ?? source.config,
        contract: proposed_contract ?? source.contract,
      }}
    />
  );
}

function Decision({ recommendation }: { recommendation: Recommendation }) {
  const may = useCan();
  const navigate = useNavigate();
  const { id: org } = useOrganization();
  const [note, setNote] = useState("");
  const accept = useAccept();
  const dismiss = useDismiss();
  if (recommendation.state !== "open") {
    const made = recommendation.resulting_version ? `, became v${recommendation.resulting_version}` : "";
    return <Status tone={made ? "good" : "neutral"}>{recommendation.state + made}</Status>;
  }
  if (!may("recommendations.decide")) return null;

  function take(asTest: boolean) {
    accept.mutate(
      { id: recommendation.id, asTest },
      {
        onSuccess: (made) => {
          announce(`Version ${made.resulting_version} is saved`, { description: "It is not active yet." });
          if (made.test_id) navigate(paths.test(org, made.test_id));
        },
        onError: announceError,
      },
    );
  }

  return (
    <>
      <Confirm
        trigger={
          <Button size="small" look="quiet">
            Dismiss
          </Button>
        }
        title="Dismiss this recommendation?"
        action="Dismiss"
        onConfirm={() => dismiss.mutateAsync({ id: recommendation.id, note })}
      >
        <Field label="Why" hint="For whoever reads the audit log. Optional.">
          <TextInput value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </Confirm>
      {recommendation.proposed_messages && (
        <>
          <Button size="small" busy={accept.isPending} onClick={() => take(true)}>
            Try as B
          </Button>
          <Button size="small" look="primary" busy={accept.isPending} onClick={() => take(false)}>
            Save as a new version
          </Button>
        </>
      )}
    </>
  );
}
