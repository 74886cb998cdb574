import { Status } from "../../../components/status.tsx";
import { dollars, sentence, tokens } from "../../../lib/format.ts";
import { usePriced } from "../../../lib/queries/get-model-prices.ts";
import type { Analysis } from "../analysis/analyse.ts";
import styles from "./preview.module.css";

const list = new Intl.ListFormat("en");

type PreviewViewProps = { analysis: Analysis; config: Record<string, unknown> };

/** The messages as a provider would get them, and what they weigh. */
export function PreviewView({ analysis, config }: PreviewViewProps) {
  const { rendered, error } = analysis;
  // Nothing is wrong yet: the text waits to be tried.
  if (!rendered && error?.names.length && error.code === "prompt_variables_missing") {
    return <p className="muted">Shown once there are example values for {listed(error.names)}.</p>;
  }
  if (!rendered) {
    return (
      <p role="status">
        <Status tone="warn">not to be rendered</Status>
        <br />
        {error ? sentence(error.message) : "The problems below the text say why."}
        {error?.place && <span className="muted"> At {error.place}.</span>}
      </p>
    );
  }
  return (
    <div className={styles.preview}>
      <Weight analysis={analysis} config={config} />
      {rendered.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages are told apart by their place
        <section key={index}>
          <p className="meta">{message.role}</p>
          <p className={styles.sent}>{message.content || <span className="muted">nothing</span>}</p>
        </section>
      ))}
    </div>
  );
}

const NAMED = 3;

function listed(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return list.format(rest > 0 ? [...names.slice(0, NAMED), `${rest} more`] : names);
}

function Weight({ analysis, config }: PreviewViewProps) {
  const priced = usePriced();
  const { cacheable, exact } = analysis;
  const price = priced?.(config).price;
  const each = price && analysis.tokens !== null && (analysis.tokens * price.input_nanousd_per_mtok) / 1e6;
  return (
    <dl className={styles.weight}>
      <div>
        <dt>Prompt</dt>
        <dd>
          {tokens(analysis.tokens)}
          {!exact && <span className="muted"> (estimate)</span>}
        </dd>
      </div>
      <div>
        <dt>Costs, before the answer</dt>
        <dd>{typeof each === "number" ? `${dollars(each * 1000)} per 1,000` : "price unknown"}</dd>
      </div>
      <div>
        <dt>Can be cached</dt>
        <dd title="Of the fixed text: providers keep the beginning that is the same in every request">
          {cacheable.percent} %
        </dd>
      </div>
    </dl>
  );
}
