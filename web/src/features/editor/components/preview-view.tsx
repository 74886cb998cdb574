import { Status } from "../../../components/status.tsx";
import { tokens } from "../../../lib/format.ts";
import type { Analysis } from "../analysis/analyse.ts";
import styles from "./editor.module.css";

/** The messages as a provider would get them, and what they weigh. */
export function PreviewView({ analysis }: { analysis: Analysis }) {
  const { preview } = analysis;
  const { exact, cacheablePercent } = analysis.tokens;
  if (!preview.ok) {
    return (
      <p>
        <Status tone="warn">{preview.code}</Status>
        <br />
        {preview.message}
      </p>
    );
  }
  return (
    <div className={styles.preview}>
      {preview.messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages are told apart by their place
        <section key={index}>
          <p className="meta">{message.role}</p>
          <p className={styles.sent}>{message.content || <span className="muted">nothing</span>}</p>
        </section>
      ))}
      <p className="meta num">
        {tokens(preview.tokens)}
        {exact ? "" : ", estimate"}; {cacheablePercent} % of the fixed text can be cached by the provider
      </p>
    </div>
  );
}
