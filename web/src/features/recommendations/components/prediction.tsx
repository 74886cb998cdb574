import { Interval } from "../../../components/interval.tsx";
import { Badge } from "../../../components/status.tsx";
import { count, plural } from "../../../lib/format.ts";
import type { PredictedEffect } from "../api/get-recommendations.ts";
import { costChange, signed, tokenChange } from "../words.ts";
import styles from "./detail.module.css";

type Quality = NonNullable<PredictedEffect["quality"]>[number];

const methods: Record<Quality["method"], string> = { rubric: "By rubric", judge: "By a judging model" };
const units: Record<Quality["unit"], string> = {
  "rubric points": "points of 100",
  "net wins per 100": "net wins of 100",
};

/** What accepting may change. Never a bare number: each has its method, its range and what it rests on. */
export function Prediction({ effect: { tokens, quality = [] } }: { effect: PredictedEffect }) {
  return (
    <section className={styles.section} aria-label="Predicted effect">
      <h3 className={styles.heading}>
        Predicted effect <Badge tone="accent">estimate</Badge>
      </h3>
      <dl className={styles.effects}>
        {tokens && (
          <div>
            <dt>Input tokens per request</dt>
            <dd>
              <span className={styles.big}>{tokenChange(tokens)}</span>
              <span className="num">
                {count(tokens.before)} → {count(tokens.after)}
              </span>
            </dd>
            <dd className={styles.method}>
              {tokens.exact ? "Counted" : "Counted by a stand-in tokenizer,"} with {tokens.encoding} on{" "}
              {tokens.counted_on}
            </dd>
          </div>
        )}
        {tokens && (
          <div>
            <dt>Input cost per 1,000 requests</dt>
            <dd>
              <span className={styles.big}>{costChange(tokens) ?? "unknown"}</span>
            </dd>
            <dd className={styles.method}>
              {costChange(tokens) === null
                ? "The model's price is not known"
                : "At the model's input price, nothing cached"}
            </dd>
          </div>
        )}
        {quality.map((one) => (
          <QualityRange key={one.method} quality={one} />
        ))}
      </dl>
    </section>
  );
}

function QualityRange({ quality }: { quality: Quality }) {
  const { method, low, high, before, after, judgements, unit, explanation } = quality;
  const none = low === 0 && high === 0;
  return (
    <div>
      <dt>Quality: {methods[method].toLowerCase()}</dt>
      <dd>
        <span className={styles.big}>
          {none
            ? "no change"
            : `${signed(low, Math.abs(low).toFixed(1))} to ${signed(high, Math.abs(high).toFixed(1))}`}
        </span>
        <span className="num">
          {units[unit]}
          {before !== null && after !== null && `, ${before} → ${after}`}
        </span>
      </dd>
      <dd className={styles.plot}>
        <Interval
          low={low}
          high={high}
          reach={method === "judge" ? 100 : Math.max(20, Math.abs(low), Math.abs(high))}
        />
      </dd>
      <dd className={styles.method} title={explanation}>
        {judgements === 0
          ? "n = 0: findings were counted, nothing was judged"
          : `n = ${plural(judgements, "judgement")}`}
        <details>
          <summary>How it is calculated</summary>
          {explanation}
        </details>
      </dd>
    </div>
  );
}
