import type { Pins } from "@core/prompt/types.ts";
import type { Message } from "../../lib/queries/get-versions.ts";
import { DiffView } from "./diff-view.tsx";
import styles from "./version-diff.module.css";

export type Content = {
  messages: Message[];
  config: Record<string, unknown>;
  contract: Record<string, unknown>;
  /** What a version includes; a draft has not been pinned yet. */
  pins?: Pins;
};

type VersionDiffProps = { before: Content; after: Content; sideBySide?: boolean };

/** One line for each include, so that a version that moved is one changed line. Ids tell only what names do not. */
function pinsAsText(pins: Pins, other: Pins): string {
  return Object.entries(pins)
    .map(([name, { template_id, version }]) => {
      const another = other[name] && other[name].template_id !== template_id;
      return `${name}: v${version}${another ? ` of ${template_id}` : ""}`;
    })
    .sort()
    .join("\n");
}

const asText = (value: Record<string, unknown>) => JSON.stringify(value, null, 2);

/** Everything a version holds, compared: each message, then includes, config and contract where they differ. */
export function VersionDiff({ before, after, sideBySide }: VersionDiffProps) {
  const count = Math.max(before.messages.length, after.messages.length);
  const [pins, newPins] = before.pins && after.pins ? [before.pins, after.pins] : [{}, {}];
  const [includesBefore, includesAfter] = [pinsAsText(pins, newPins), pinsAsText(newPins, pins)];
  const places = Array.from({ length: count }, (_, index) => index);
  return (
    <div className={styles.stack}>
      {places.map((index) => {
        const [a, b] = [before.messages[index], after.messages[index]];
        const role = a && b && a.role !== b.role ? `${a.role} → ${b.role}` : (b ?? a)!.role;
        return (
          <DiffView
            key={index}
            title={`Message ${index + 1}, ${role}`}
            before={a?.content ?? ""}
            after={b?.content ?? ""}
            sideBySide={sideBySide}
          />
        );
      })}
      {includesBefore !== includesAfter && (
        <DiffView
          title="Included templates"
          before={includesBefore}
          after={includesAfter}
          sideBySide={sideBySide}
        />
      )}
      {asText(before.config) !== asText(after.config) && (
        <DiffView
          title="Model settings"
          before={asText(before.config)}
          after={asText(after.config)}
          sideBySide={sideBySide}
        />
      )}
      {asText(before.contract) !== asText(after.contract) && (
        <DiffView
          title="Variable contract"
          before={asText(before.contract)}
          after={asText(after.contract)}
          sideBySide={sideBySide}
        />
      )}
    </div>
  );
}
