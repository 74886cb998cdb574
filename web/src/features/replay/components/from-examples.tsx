import { useState } from "react";
import { Field, TextInput } from "../../../components/field.tsx";
import { Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Select } from "../../../components/select.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { type SavedExample, useSavedExamples } from "../api/get-cases.ts";
import type { useReplay } from "../use-replay.ts";
import { EditExamples } from "./edit-examples.tsx";
import styles from "./replay.module.css";
import { RunBar } from "./run-bar.tsx";
import { NONE, useVersionChoice, VersionSelect } from "./version-select.tsx";

type SourceProps = { template: Template; replay: ReturnType<typeof useReplay> };

export function FromExamples({ template, replay }: SourceProps) {
  return (
    <QueryView query={useSavedExamples(template.id)}>
      {(saved) => <ExampleSets template={template} replay={replay} saved={saved} />}
    </QueryView>
  );
}

function ExampleSets({ template, replay, saved }: SourceProps & { saved: SavedExample[] }) {
  const names = [...new Set(saved.map(({ set_name }) => set_name))];
  const [chosen, setChosen] = useState<string>();
  const set = names.includes(chosen ?? "") ? (chosen ?? "") : (names[0] ?? "");
  const [said, setSaid] = useState("Hello");
  const [candidate, setCandidate] = useVersionChoice(template);
  const [beside, setBeside] = useState(
    // Beside what is served now, unless that is what is tried.
    template.active_version && template.active_version !== template.latest_version
      ? String(template.active_version)
      : NONE,
  );
  const examples = saved.filter(({ set_name }) => set_name === set);
  const messages = said.trim() === "" ? [] : [{ role: "user", content: said }];
  return (
    <Panel
      actions={
        <>
          {set && (
            <EditExamples templateId={template.id} name={set} examples={examples} onSaved={setChosen} />
          )}
          <EditExamples templateId={template.id} examples={[]} onSaved={setChosen} />
        </>
      }
      title="Examples"
    >
      {names.length === 0 ? (
        <p className="muted">
          No set is saved yet. One line is one example: <code>{'{"role": "agent", "lang": "French"}'}</code>
        </p>
      ) : (
        <>
          <div className={styles.choices}>
            <Field label="Set">
              <Select
                label="Set"
                value={set}
                onChange={setChosen}
                options={names.map((value) => ({
                  value,
                  label: value,
                  hint: `${saved.filter(({ set_name }) => set_name === value).length} examples`,
                }))}
              />
            </Field>
            <VersionSelect
              label="Left"
              template={template}
              value={beside}
              onChange={setBeside}
              first={{ value: NONE, label: "nothing" }}
            />
            <VersionSelect label="Right" template={template} value={candidate} onChange={setCandidate} />
            <Field label="User message" hint="Sent with each; leave it empty if the version has its own.">
              <TextInput value={said} onChange={(event) => setSaid(event.target.value)} />
            </Field>
          </div>
          <RunBar
            template={template}
            replay={replay}
            source="examples"
            logs={[]}
            cases={examples.map(({ position, name, variables }) => ({
              id: `${set} ${position}`,
              name: name || `Example ${position}`,
              variables,
              messages,
            }))}
            versions={[...(beside === NONE ? [] : [Number(beside)]), Number(candidate)]}
          />
        </>
      )}
    </Panel>
  );
}
