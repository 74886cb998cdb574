import { AS_LOGGED, caseOfLog } from "@core/replay/logged-cases.ts";
import { useState } from "react";
import { ButtonLink } from "../../../components/button.tsx";
import { Field } from "../../../components/field.tsx";
import { Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Select } from "../../../components/select.tsx";
import { Empty } from "../../../components/states.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { useLoggedRequests } from "../api/get-cases.ts";
import type { useReplay } from "../use-replay.ts";
import styles from "./replay.module.css";
import { RunBar } from "./run-bar.tsx";
import { useVersionChoice, VersionSelect } from "./version-select.tsx";

type SourceProps = { template: Template; replay: ReturnType<typeof useReplay> };

export function FromLogs({ template, replay }: SourceProps) {
  const [max, setMax] = useState("25");
  const [candidate, setCandidate] = useVersionChoice(template);
  const [beside, setBeside] = useState(String(AS_LOGGED));
  const query = useLoggedRequests(template.id, Number(max), true);
  const empty = (
    <Empty
      title="No request to replay yet"
      action={
        <ButtonLink to={paths.templateLogs(template.organization_id, template.id)}>
          See what was asked
        </ButtonLink>
      }
    >
      Requests that were answered while the policy was full appear here, with what the client said.
    </Empty>
  );
  return (
    <Panel>
      <div className={styles.choices}>
        <Field label="Requests">
          <Select
            label="Requests"
            value={max}
            onChange={setMax}
            options={["10", "25", "50", "100"].map((value) => ({ value, label: `the newest ${value}` }))}
          />
        </Field>
        <VersionSelect
          label="Left"
          template={template}
          value={beside}
          onChange={setBeside}
          first={{ value: String(AS_LOGGED), label: "the answers they got" }}
        />
        <VersionSelect label="Right" template={template} value={candidate} onChange={setCandidate} />
      </div>
      <QueryView query={query} empty={empty}>
        {(all) => {
          const logs = all.filter(({ obstacle }) => obstacle === null);
          return (
            <>
              <LeftOut count={all.length - logs.length} />
              {logs.length > 0 && (
                <RunBar
                  template={template}
                  replay={replay}
                  source="logs"
                  logs={logs}
                  cases={logs.map(caseOfLog)}
                  versions={[Number(beside), Number(candidate)]}
                />
              )}
            </>
          );
        }}
      </QueryView>
    </Panel>
  );
}

function LeftOut({ count }: { count: number }) {
  if (count === 0) return null;
  const said =
    count === 1
      ? "1 of these requests cannot be asked again: it goes"
      : `${count} of these requests cannot be asked again: they go`;
  return (
    <p className="muted">
      {said} on from an earlier answer or a stored prompt, which only the provider keeps.
    </p>
  );
}
