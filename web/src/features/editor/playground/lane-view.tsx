import { Select } from "../../../components/select.tsx";
import { ExampleInput } from "../components/example-input.tsx";
import type { Examples } from "../use-examples.ts";
import { Answer } from "./answer.tsx";
import styles from "./playground.module.css";
import type { Lane } from "./use-lane.ts";

type LaneViewProps = {
  place: string;
  of: string;
  options: { value: string; label: string }[];
  onChoose: (of: string) => void;
  lane: Lane;
  examples: Examples;
};

export function LaneView({ place, of, options, onChoose, lane, examples }: LaneViewProps) {
  const name = of === "draft" ? "this draft" : `v${of}`;
  return (
    <div className={styles.lane}>
      <Select size="small" label={`${place} answer from`} value={of} onChange={onChoose} options={options} />
      {lane.also.length > 0 && (
        <ul className={styles.also} aria-label={`What ${name} has besides`}>
          {lane.also.map((variable) => (
            <li key={variable.name}>
              <span className="meta">
                {name} {variable.required ? "needs" : "can take"} <code>{variable.name}</code>
              </span>
              <ExampleInput variable={variable} examples={examples} />
            </li>
          ))}
        </ul>
      )}
      <Answer name={name} progress={lane.progress} running={lane.running} model={lane.content.config.model} />
    </div>
  );
}
