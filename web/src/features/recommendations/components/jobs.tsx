import { Link } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Status, type Tone } from "../../../components/status.tsx";
import { Time } from "../../../components/time.tsx";
import { announceError } from "../../../lib/announce.ts";
import { dollars } from "../../../lib/format.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { type Job, useCancel, useJobs } from "../api/jobs.ts";
import styles from "./jobs.module.css";

/** What is being looked over right now, and how the last job of a template ended. */
export function Jobs({ templateId }: { templateId?: string }) {
  const { data: jobs = [] } = useJobs(templateId);
  const going = jobs.filter(({ finished_at }) => finished_at === null);
  const last = templateId && going.length === 0 ? jobs[0] : undefined;
  if (going.length === 0 && !last) return null;
  return (
    <ul className={styles.jobs} aria-label="Jobs">
      {going.map((job) => (
        <Going key={job.id} job={job} named={templateId === undefined} />
      ))}
      {last && <Ended job={last} />}
    </ul>
  );
}

function Going({ job, named }: { job: Job; named: boolean }) {
  const may = useCan();
  const cancel = useCancel();
  const { id: org } = useOrganization();
  const { data: templates = [] } = useTemplates();
  const name = templates.find(({ id }) => id === job.template_id)?.name ?? job.template_id;
  const waiting = job.state === "queued" && job.attempts > 0;
  return (
    <li className={styles.job}>
      <Status tone={waiting ? "warn" : "accent"} pulse={job.state === "running"}>
        {job.cancel_requested ? "stopping" : job.state}
      </Status>
      {named && (
        <Link to={paths.templateRecommendations(org, job.template_id)} className="mono">
          {name}
        </Link>
      )}
      <span>
        v{job.version}, {job.stage}
        {waiting && (
          <>
            {" "}
            (<Time at={job.run_after} />, attempt {job.attempts + 1} of 5): {job.reason}
          </>
        )}
      </span>
      <progress
        className={styles.progress}
        max={100}
        value={job.progress}
        aria-label={`Progress of v${job.version}`}
      />
      {may("recommendations.decide") && !job.cancel_requested && (
        <Button
          size="small"
          look="quiet"
          busy={cancel.isPending}
          onClick={() => whenDone(cancel.mutateAsync(job.id), { onError: announceError })}
        >
          Cancel
        </Button>
      )}
    </li>
  );
}

const endings: Record<string, [Tone, string]> = {
  succeeded: ["good", "looked over"],
  dead: ["bad", "given up"],
  cancelled: ["neutral", "cancelled"],
};

/** Who answered, and what that cost whom. */
function costOf({ provider, model, cost_nanousd }: Job): string {
  const asked = provider === "platform" ? model : `${provider}/${model}`;
  if (cost_nanousd === null) return `Asked ${asked}, at a price that is not known.`;
  return provider === "platform"
    ? `Asked ${asked}; charged ${dollars(cost_nanousd)}.`
    : `Asked ${asked}; no credit was used, ${dollars(cost_nanousd)} by its price.`;
}

function Ended({ job }: { job: Job }) {
  const [tone, word] = endings[job.state] ?? ["neutral", job.state];
  return (
    <li className={styles.job}>
      <Status tone={tone}>
        v{job.version} {word}
      </Status>
      <span className="muted">
        {job.finished_at && <Time at={job.finished_at} />}. {job.reason}
        {job.provider && ` ${costOf(job)}`}
        {job.error_code && (
          <>
            {" "}
            Code <code>{job.error_code}</code>.
          </>
        )}
      </span>
    </li>
  );
}
