import { AS_LOGGED, caseOfLog } from "@core/replay/logged-cases.ts";
import { useState } from "react";
import { Field } from "../../../components/field.tsx";
import { Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Select } from "../../../components/select.tsx";
import { Empty } from "../../../components/states.tsx";
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
    <Empty title="No request to replay yet">
      Chat completions that were answered while the policy was full appear here, with what the client said.
      Requests to /responses are not replayed: their log does not hold what the client said in its own form.
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
        {(logs) => (
          <RunBar
            template={template}
            replay={replay}
            source="logs"
            logs={logs}
            cases={logs.map(caseOfLog)}
            versions={[Number(beside), Number(candidate)]}
          />
        )}
      </QueryView>
    </Panel>
  );
}
