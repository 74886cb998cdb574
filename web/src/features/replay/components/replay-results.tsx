import { AS_LOGGED } from "@core/replay/logged-cases.ts";
import type { DiffPart, ReplayAnswer, ReplayResult } from "@core/replay/run-replay.ts";
import { writeJson } from "@core/template/write-json.ts";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Panel } from "../../../components/page.tsx";
import { Status } from "../../../components/status.tsx";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { milliseconds, plural, tokens } from "../../../lib/format.ts";
import type { ReplayProgress } from "../use-replay.ts";
import styles from "./replay.module.css";
import { ReplayCharge } from "./replay-charge.tsx";

const nameOf = (version: number) => (version === AS_LOGGED ? "as logged" : `v${version}`);
const words = { running: "running", done: "done", cancelled: "cancelled", failed: "failed" } as const;
const tones = { running: "accent", done: "good", cancelled: "warn", failed: "bad" } as const;

export function ReplayResults({ progress }: { progress: ReplayProgress }) {
  const { request, results, state, error, cancel } = progress;
  const total = request.cases.length;
  const share = Math.round((results.length / total) * 100);
  return (
    <Panel
      title="Side by side"
      lead={<Summary progress={progress} />}
      actions={
        <>
          <Status tone={tones[state]} pulse={state === "running"}>
            {words[state]}, {results.length} of {total}
          </Status>
          {state === "running" && <Button onClick={cancel}>Cancel replay</Button>}
        </>
      }
    >
      <div
        className={styles.progress}
        role="progressbar"
        aria-label="Replay"
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={{ width: `${share}%` }} />
      </div>
      {error !== undefined && <ErrorNote error={toAppError(error)} />}
      <ReplayCharge progress={progress} />
      <TableScroller label="Answers side by side, scroll sideways">
        <table className={styles.results} aria-label="Answers side by side">
          <thead>
            <tr>
              <th>Case</th>
              {request.versions.map((version, side) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a version may stand on both sides
                <th key={side}>{nameOf(version)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <Row key={result.case.id} result={result} />
            ))}
          </tbody>
        </table>
      </TableScroller>
    </Panel>
  );
}

function Summary({ progress: { request, results } }: { progress: ReplayProgress }) {
  if (request.versions.length < 2 || results.length === 0) return null;
  const compared = results.filter(({ diff }) => diff !== null);
  const alike = compared.filter(({ diff }) => diff?.every(({ kind }) => kind === "same"));
  const failed = results.filter(({ answers }) => answers.some(({ ok }) => !ok)).length;
  return (
    <>
      {alike.length} of {plural(compared.length, "pair")} of answers alike
      {failed > 0 && `, ${plural(failed, "case")} without an answer`}.
    </>
  );
}

function Row({ result }: { result: ReplayResult }) {
  const { answers, diff } = result;
  return (
    <tr>
      <th scope="row">
        <span className={styles.case}>{result.case.name || "No words of the client's"}</span>
        <code className={styles.variables}>{writeJson(result.case.variables)}</code>
      </th>
      {answers.map((answer, side) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer is its side
        <td key={side}>
          <Answer
            answer={answer}
            parts={diff?.filter(({ kind }) => kind === "same" || (kind === "first") === (side === 0))}
          />
        </td>
      ))}
    </tr>
  );
}

/** What only this side has is marked, as in every other comparison. */
function Answer({ answer, parts }: { answer: ReplayAnswer; parts?: DiffPart[] }) {
  if (!answer.ok) return <Status tone="bad">{answer.error}</Status>;
  return (
    <>
      <p className={styles.text}>
        {parts
          ? parts.map(({ kind, text }, place) =>
              kind === "same" ? (
                text
              ) : kind === "first" ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
                <del key={place}>{text}</del>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <ins key={place}>{text}</ins>
              ),
            )
          : answer.text}
      </p>
      <p className="meta num">
        {[answer.latencyMs === null ? null : milliseconds(answer.latencyMs), tokens(answer.tokens)]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </>
  );
}
