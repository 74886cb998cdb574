import { Columns2, Play, Square, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, IconButton } from "../../../components/button.tsx";
import { Field, TextArea } from "../../../components/field.tsx";
import { Select } from "../../../components/select.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { useShortcuts } from "../../../lib/use-shortcuts.ts";
import { examplesOf } from "../contract.ts";
import { type Content, contentOf, type Draft } from "../draft.ts";
import { Answer } from "./answer.tsx";
import styles from "./playground.module.css";
import { useRun } from "./use-run.ts";

type PlaygroundProps = {
  template: Template;
  versions: Version[];
  draft: Draft;
  /** The version the draft still is; nothing of it was changed. */
  unchanged: number | undefined;
  values: Record<string, unknown>;
  /** What the caller of a request that is tried again said. */
  said: string;
  onClose: () => void;
};

/** Answers to this draft before anybody else gets one, beside those of another version when asked. */
export function Playground(props: PlaygroundProps) {
  const { template, versions, draft, unchanged, values, said, onClose } = props;
  const [input, setInput] = useState(said);
  const [chosen, setChosen] = useState("draft");
  const [other, setOther] = useState<string>();
  const [left, right] = [useRun(), useRun()];
  const host = useRef<HTMLElement>(null);
  const running = left.running || right.running;

  useEffect(() => {
    host.current?.scrollIntoView({ block: "nearest" });
  }, []);

  const contents = new Map<string, Content>([
    ["draft", draft],
    ...versions.map((version) => [String(version.version), contentOf(version)] as const),
  ]);
  const nameOf = (key: string) => (key === "draft" ? "this draft" : `v${key}`);
  const options = [...contents.keys()].map((key) => ({
    value: key,
    label: key === "draft" ? "This draft" : `v${key}`,
    ...(Number(key) === template.active_version && { hint: "active" }),
  }));
  const contentIn = (key: string): Content => contents.get(key) ?? draft;

  function run() {
    const start = (one: typeof left, key: string) => {
      const { messages, config, contract } = contentIn(key);
      const version = key === "draft" ? unchanged : Number(key);
      const of = version === undefined ? { messages, config, contract } : { version };
      const variables = { ...examplesOf(contract), ...values };
      one.start({ templateId: template.id, of, variables, input });
    };
    start(left, chosen);
    if (other) start(right, other);
  }
  useShortcuts([{ keys: "mod+enter", does: "Run", run }]);

  const lane = (
    place: string,
    key: string,
    choose: (key: string) => void,
    { progress, running }: typeof left,
  ) => (
    <div className={styles.lane}>
      <Select size="small" label={`${place} answer from`} value={key} onChange={choose} options={options} />
      <Answer name={nameOf(key)} progress={progress} running={running} model={contentIn(key).config.model} />
    </div>
  );

  return (
    <section ref={host} className={styles.playground} aria-label="Playground">
      <header className={styles.header}>
        <h2>Playground</h2>
        <span className="meta">Charged and logged like any request, under the key Playground</span>
        <IconButton
          size="small"
          label="Close the playground"
          icon={<X aria-hidden="true" />}
          onClick={onClose}
        />
      </header>
      <Field
        label="What the caller says"
        hint="Comes after the prompt, as a user message. The values are those beside the text."
      >
        <TextArea
          rows={2}
          placeholder="Where is my order?"
          value={input}
          onChange={(event) => setInput(event.target.value)}
        />
      </Field>
      <div className={styles.tools}>
        {running ? (
          <Button
            icon={<Square aria-hidden="true" />}
            onClick={() => {
              left.stop();
              right.stop();
            }}
          >
            Stop
          </Button>
        ) : (
          <Button look="primary" icon={<Play aria-hidden="true" />} onClick={run}>
            Run
          </Button>
        )}
        <Button
          look="quiet"
          icon={<Columns2 aria-hidden="true" />}
          aria-pressed={other !== undefined}
          onClick={() =>
            setOther(other ? undefined : String(template.active_version ?? versions[0]?.version ?? "draft"))
          }
        >
          {other ? "One answer" : "Compare two"}
        </Button>
      </div>
      <div className={styles.lanes} data-two={other !== undefined}>
        {lane("First", chosen, setChosen, left)}
        {other && lane("Second", other, setOther, right)}
      </div>
    </section>
  );
}
