import { writeJson } from "@core/template/write-json.ts";
import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { ButtonLink } from "../../../components/button.tsx";
import { Id } from "../../../components/copy.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Facts } from "../../../components/facts.tsx";
import { Skeleton } from "../../../components/states.tsx";
import { Time } from "../../../components/time.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { dollars, milliseconds, tokens, unknown } from "../../../lib/format.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useApiKeys } from "../../../lib/queries/get-api-keys.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { type Log, useLogContent } from "../api/get-logs.ts";
import { LogStatus } from "./log-table.tsx";
import styles from "./logs.module.css";
import { ModelName, notSent } from "./model-name.tsx";

/** One request in full: its receipt, and its text where the data policy keeps it. */
export function LogDetails({ log }: { log: Log }) {
  const { id: org } = useOrganization();
  const { data: templates = [] } = useTemplates();
  const { data: apiKeys = [] } = useApiKeys();
  const template = templates.find((one) => one.id === log.template_id);
  const id = (value: string | null, what: string): ReactNode =>
    value ? <Id value={value} what={what} /> : "none";
  return (
    <div className={styles.details}>
      <Replay log={log} />
      <Facts
        facts={[
          ["Status", <LogStatus key="status" log={log} />],
          ["When", <Time key="when" at={log.created_at} />],
          ["Request id", id(log.request_id, "request id")],
          ["Your request id", id(log.client_request_id, "your request id")],
          [
            "Template",
            template ? (
              <Link key="template" to={paths.editor(org, template.id, log.version ?? undefined)}>
                {template.name}
              </Link>
            ) : (
              id(log.template_id, "template id")
            ),
          ],
          ["Version", log.version ? `v${log.version}` : "none"],
          [
            "A/B variant",
            log.variant && log.test_id ? (
              <Link key="variant" to={paths.test(org, log.test_id)}>
                {log.variant}
              </Link>
            ) : (
              "none"
            ),
          ],
          ["Key", apiKeys.find((one) => one.id === log.api_key_id)?.name ?? unknown],
          ["Render hash", id(log.render_hash, "render hash")],
          ["Model", <ModelName key="model" log={log} />],
          ["Provider", log.provider ?? notSent],
          ["Latency", milliseconds(log.latency_ms)],
          ["First token", log.ttft_ms === null ? "not streamed" : milliseconds(log.ttft_ms)],
          ["Tokens in", `${tokens(log.prompt_tokens)}, ${tokens(log.cached_tokens)} of them cached`],
          ["Tokens out", `${tokens(log.completion_tokens)}${log.usage_estimated ? ", estimated" : ""}`],
          ["Cost", dollars(log.cost_nanousd)],
          ["Quality", log.quality === null ? "no feedback" : log.quality.toFixed(2)],
        ]}
      />
      <Content log={log} />
    </div>
  );
}

/** Tries the same again: the editor opens with the version and, where they were kept, the values this request had. */
function Replay({ log }: { log: Log }) {
  const may = useCan();
  const { id: org } = useOrganization();
  if (!log.template_id || !may("playground.run")) return null;
  return (
    <div>
      <ButtonLink
        to={paths.replay(org, log.template_id, log.request_id)}
        icon={<RotateCcw aria-hidden="true" />}
      >
        Replay in the playground
      </ButtonLink>
    </div>
  );
}

function Content({ log }: { log: Log }) {
  const allowed = useCan()("logs.readContent");
  const { data, isPending, isError, error } = useLogContent(log, allowed);
  if (!allowed) return <p className="muted">Text of requests, where it is kept, is open to admins.</p>;
  if (isPending) return <Skeleton lines={2} />;
  if (isError) return <ErrorNote error={toAppError(error)} />;
  const { variables, rendered_messages, response } = data;
  if (!rendered_messages && !response && !variables)
    return (
      <p className="muted">
        No text was kept: when this was answered, the data policy kept facts about requests only.
      </p>
    );
  return (
    <>
      {variables && <Block title="Variables">{writeJson(variables, "  ")}</Block>}
      {rendered_messages?.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages are told apart by their place
        <Block key={index} title={message.role}>
          {typeof message.content === "string" ? message.content : JSON.stringify(message.content, null, 2)}
        </Block>
      ))}
      {response !== null && <Block title="Answer">{answerText(response)}</Block>}
    </>
  );
}

/** An answer that is nothing but text is read as text; calls of tools and the like are seen as they came. */
function answerText(response: unknown): string {
  const { text, ...rest } = (response ?? {}) as { text?: unknown };
  const plain = typeof text === "string" && Object.keys(rest).length === 0;
  return plain ? text : JSON.stringify(response, null, 2);
}

function Block({ title, children }: { title: string; children: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <pre className={styles.block}>{children}</pre>
    </section>
  );
}
