import type { ReactNode } from "react";
import { Id } from "../../../components/copy.tsx";
import { Facts } from "../../../components/facts.tsx";
import { Time } from "../../../components/time.tsx";
import { dollars, milliseconds, tokens, unknown } from "../../../lib/format.ts";
import { useCan } from "../../../lib/organization.tsx";
import type { Log } from "../api/get-logs.ts";
import { LogStatus } from "./log-list.tsx";
import styles from "./logs.module.css";

/** One request in full: its receipt, and its text where the data policy keeps it. */
export function LogDetails({ log }: { log: Log }) {
  const id = (value: string | null, what: string): ReactNode =>
    value ? <Id value={value} what={what} /> : "none";
  return (
    <div className={styles.details}>
      <Facts
        facts={[
          ["Status", <LogStatus key="status" log={log} />],
          ["When", <Time key="when" at={log.created_at} />],
          ["Request id", id(log.request_id, "request id")],
          ["Your request id", id(log.client_request_id, "your request id")],
          ["Template", id(log.template_id, "template id")],
          ["Version", log.version ? `v${log.version}` : "none"],
          ["A/B variant", log.variant ?? "none"],
          ["Render hash", id(log.render_hash, "render hash")],
          ["Model", log.model ?? unknown],
          ["Provider", log.provider ?? unknown],
          ["Latency", milliseconds(log.latency_ms)],
          ["First token", milliseconds(log.ttft_ms)],
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

function Content({ log }: { log: Log }) {
  const may = useCan();
  if (!log.rendered_messages && !log.response && !log.variables) {
    return (
      <p className="muted">
        {may("logs.readContent")
          ? "No text was kept: the data policy of your organization keeps facts about requests only."
          : "Text of requests, where it is kept, is open to admins."}
      </p>
    );
  }
  return (
    <>
      {log.variables && <Block title="Variables">{JSON.stringify(log.variables, null, 2)}</Block>}
      {log.rendered_messages?.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages are told apart by their place
        <Block key={index} title={message.role}>
          {typeof message.content === "string" ? message.content : JSON.stringify(message.content, null, 2)}
        </Block>
      ))}
      {log.response !== null && <Block title="Answer">{JSON.stringify(log.response, null, 2)}</Block>}
    </>
  );
}

function Block({ title, children }: { title: string; children: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <pre className={styles.block}>{children}</pre>
    </section>
  );
}
