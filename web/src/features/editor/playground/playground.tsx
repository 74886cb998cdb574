import { Columns2, Play, Square, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, IconButton } from "../../../components/button.tsx";
import { Field, TextArea } from "../../../components/field.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { useShortcuts } from "../../../lib/use-shortcuts.ts";
import { LaneView } from "./lane-view.tsx";
import styles from "./playground.module.css";
import { type Tried, useLane } from "./use-lane.ts";

type PlaygroundProps = Tried & {
  template: Template;
  /** What the caller of a request that is tried again said. */
  said: string;
  onClose: () => void;
};

/** Answers to this draft before anybody else gets one, beside those of another version when asked. */
export function Playground(props: PlaygroundProps) {
  const { template, versions, examples, said, onClose } = props;
  const [input, setInput] = useState(said);
  const [chosen, setChosen] = useState("draft");
  const [other, setOther] = useState<string>();
  const left = useLane(template.id, chosen, props);
  const right = useLane(template.id, other ?? "draft", props);
  const host = useRef<HTMLElement>(null);
  const running = left.running || right.running;
  const ready = left.ready && right.ready;

  useEffect(() => {
    host.current?.scrollIntoView({ block: "nearest" });
  }, []);

  const options = [
    { value: "draft", label: "This draft" },
    ...versions.map(({ version }) => ({
      value: String(version),
      label: `v${version}`,
      ...(version === template.active_version && { hint: "active" }),
    })),
  ];

  function run() {
    if (!ready) return;
    left.start(input);
    if (other) right.start(input);
  }
  useShortcuts([{ keys: "mod+enter", does: "Run", run }]);

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
          <Button look="primary" icon={<Play aria-hidden="true" />} disabled={!ready} onClick={run}>
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
        <LaneView place="First" of={chosen} onChoose={setChosen} lane={left} {...{ options, examples }} />
        {other && (
          <LaneView place="Second" of={other} onChoose={setOther} lane={right} {...{ options, examples }} />
        )}
      </div>
    </section>
  );
}
