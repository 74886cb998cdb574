import { ButtonLink } from "../../../components/button.tsx";
import { Empty } from "../../../components/states.tsx";
import { ToATemplate } from "../../../components/to-a-template.tsx";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplate } from "../../../lib/queries/get-template.ts";
import type { Pile } from "../api/get-recommendations.ts";
import { useJobs } from "../api/jobs.ts";

export const toOpen = <ButtonLink to="?">See what is open</ButtonLink>;

/** A pile with nothing in it, and what brings something here. */
export function Nothing({ pile, templateId }: { pile: Pile; templateId?: string }) {
  const { data: jobs = [] } = useJobs(templateId);
  if (pile === "superseded")
    return (
      <Empty title="Nothing is superseded" action={toOpen}>
        When a new version is saved, what was suggested for the one before waits here and can be carried over.
      </Empty>
    );
  if (pile === "decided")
    return (
      <Empty title="Nothing decided yet" action={toOpen}>
        What was accepted, edited or dismissed stays here, with who decided and why.
      </Empty>
    );
  if (jobs.some(({ finished_at }) => finished_at === null))
    return <Empty title="Being looked over">What is found appears here when the job has ended.</Empty>;
  return templateId ? <NothingOpen templateId={templateId} /> : <NothingOpenAnywhere />;
}

const example = "“The answer should be written in French.”\n“Write the answer in French.”   −2 tokens";

function NothingOpenAnywhere() {
  const may = useCan();
  return (
    <Empty
      title="Nothing open"
      example={example}
      action={
        may("recommendations.decide") && (
          <ToATemplate to={paths.templateRecommendations}>{(name) => `Have ${name} looked over`}</ToATemplate>
        )
      }
    >
      {may("recommendations.decide")
        ? "On a template's own page its newest version is looked over. What is found waits here for a decision."
        : "A member can have a template looked over. What is found waits here for a decision."}
    </Empty>
  );
}

function NothingOpen({ templateId }: { templateId: string }) {
  const may = useCan();
  const { id } = useOrganization();
  const { data: template } = useTemplate(templateId);
  if (!may("recommendations.decide"))
    return (
      <Empty title="Nothing open" example={example}>
        A member can have the newest version looked over.
      </Empty>
    );
  if (template?.latest_version === 0)
    return (
      <Empty
        title="Nothing to look over yet"
        example={example}
        action={<ButtonLink to={paths.editor(id, templateId)}>Write the first version</ButtonLink>}
      >
        Once there is a version it can be looked over here.
      </Empty>
    );
  return (
    <Empty title="Nothing open" example={example}>
      “Ask for recommendations” above has the newest version looked over for passive voice, an unclear role,
      missing limits, contradictions and words that only cost tokens.
    </Empty>
  );
}
