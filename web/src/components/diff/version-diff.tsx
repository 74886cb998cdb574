import type { Message } from "../../lib/queries/get-versions.ts";
import { DiffView } from "./diff-view.tsx";
import styles from "./version-diff.module.css";

export type Content = {
  messages: Message[];
  config: Record<string, unknown>;
  contract: Record<string, unknown>;
};

type VersionDiffProps = { before: Content; after: Content; sideBySide?: boolean };

const asText = (value: Record<string, unknown>) => JSON.stringify(value, null, 2);

/** Everything a version holds, compared: each message, then config and contract where they differ. */
export function VersionDiff({ before, after, sideBySide }: VersionDiffProps) {
  const count = Math.max(before.messages.length, after.messages.length);
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
