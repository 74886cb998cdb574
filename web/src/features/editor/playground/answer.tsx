import { useMutation } from "@tanstack/react-query";
import { Button } from "../../../components/button.tsx";
import { Id } from "../../../components/copy.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Status } from "../../../components/status.tsx";
import { announceError } from "../../../lib/announce.ts";
import { type AppError, unwrap } from "../../../lib/errors.ts";
import { dollars, milliseconds, tokens } from "../../../lib/format.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { usePriced } from "../../../lib/queries/get-model-prices.ts";
import { supabase } from "../../../lib/supabase.ts";
import styles from "./playground.module.css";
import type { Progress } from "./stream-answer.ts";

type AnswerProps = { name: string; progress: Progress | undefined; running: boolean; model: unknown };

/** One answer as it comes, and what it took. */
export function Answer({ name, progress, running, model }: AnswerProps) {
  if (!progress) return <p className={styles.waiting}>The answer comes here.</p>;
  const { text, error } = progress;
  return (
    <div className={styles.answer}>
      {/* Said when it is complete: read aloud word by word, a stream is noise. */}
      <div
        role="status"
        aria-busy={running}
        aria-label={`Answer of ${name}`}
        className={styles.text}
        hidden={error !== null && text === ""}
      >
        {text || (running ? <span className="muted">waiting for the first word</span> : "an empty answer")}
      </div>
      {error && <Refusal error={error} />}
      <Receipt progress={progress} running={running} model={model} />
    </div>
  );
}

function Receipt({ progress, running, model }: Omit<AnswerProps, "name"> & { progress: Progress }) {
  const priced = usePriced();
  const { firstMs, totalMs, usage, requestId } = progress;
  const price = priced?.({ model }).price;
  const cost =
    usage &&
    price &&
    (usage.prompt_tokens * price.input_nanousd_per_mtok +
      usage.completion_tokens * price.output_nanousd_per_mtok) /
      1e6;
  return (
    <p className={styles.receipt}>
      {running && <Status tone="accent">answering</Status>}
      {firstMs !== null && <span>first word {milliseconds(firstMs)}</span>}
      {totalMs !== null && <span>{milliseconds(totalMs)}</span>}
      {usage && (
        <span>
          {tokens(usage.prompt_tokens)} in, {tokens(usage.completion_tokens)} out
        </span>
      )}
      {typeof cost === "number" && (
        <span title="By the list price; what is charged stands in the logs">about {dollars(cost)}</span>
      )}
      {requestId && <Id value={requestId} what="request id" />}
    </p>
  );
}

/** The refusal's own sentence, and for the one that can be mended here, the way to mend it. */
function Refusal({ error }: { error: AppError }) {
  const may = useCan();
  const { id } = useOrganization();
  const restore = useMutation({
    mutationFn: async () => unwrap(await supabase().rpc("restore_playground", { organization_id: id })),
    onError: announceError,
  });
  return (
    <>
      <ErrorNote error={error} />
      {error.code === "NM042" && may("keys.manage") && (
        <Button
          size="small"
          busy={restore.isPending}
          disabled={restore.isSuccess}
          onClick={() => restore.mutate()}
        >
          {restore.isSuccess ? "It is on: try again" : "Switch the playground on"}
        </Button>
      )}
    </>
  );
}
