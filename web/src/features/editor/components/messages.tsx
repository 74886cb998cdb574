import type { LintResult } from "@core/lint/lint-result.ts";
import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { lazy, Suspense, useMemo } from "react";
import { Button, IconButton } from "../../../components/button.tsx";
import { Select } from "../../../components/select.tsx";
import type { Message } from "../../../lib/queries/get-versions.ts";
import type { Analysis } from "../analysis/analyse.ts";
import styles from "./messages.module.css";

const CodeEditor = lazy(async () => ({ default: (await import("./code-editor.tsx")).CodeEditor }));

const messageRoles: { value: Message["role"]; label: string; hint: string }[] = [
  { value: "system", label: "system", hint: "Who the model is and what it must keep to" },
  { value: "developer", label: "developer", hint: "The same, for newer models" },
  { value: "user", label: "user", hint: "What a person says" },
  { value: "assistant", label: "assistant", hint: "What the model is taken to have said" },
];

type MessagesProps = {
  messages: Message[];
  readOnly: boolean;
  analysis?: Analysis;
  /** Nothing was ever saved: one has come to write. */
  fresh: boolean;
  onChange: (messages: Message[]) => void;
};

/** The messages in the order they are sent; the caller's own come after them. */
export function Messages({ messages, readOnly, analysis, fresh, onChange }: MessagesProps) {
  const { names, findingsOf } = useMemo(() => byMessage(analysis), [analysis]);

  function replace(index: number, message: Message) {
    onChange(messages.with(index, message));
  }

  return (
    <div className={styles.messages}>
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages are told apart by their place
        <section key={index} className={styles.message} aria-label={`Message ${index + 1}, ${message.role}`}>
          <header className={styles.messageHeader}>
            <Select
              size="small"
              label={`Role of message ${index + 1}`}
              value={message.role}
              options={messageRoles}
              disabled={readOnly}
              onChange={(role) => replace(index, { ...message, role })}
            />
            {!readOnly && messages.length > 1 && (
              <span className={styles.messageActions}>
                <IconButton
                  size="small"
                  label={`Move message ${index + 1} up`}
                  icon={<ArrowUp aria-hidden="true" />}
                  disabled={index === 0}
                  onClick={() => onChange(swapped(messages, index - 1))}
                />
                <IconButton
                  size="small"
                  label={`Move message ${index + 1} down`}
                  icon={<ArrowDown aria-hidden="true" />}
                  disabled={index === messages.length - 1}
                  onClick={() => onChange(swapped(messages, index))}
                />
                <IconButton
                  size="small"
                  label={`Remove message ${index + 1}`}
                  icon={<X aria-hidden="true" />}
                  onClick={() => onChange(messages.toSpliced(index, 1))}
                />
              </span>
            )}
          </header>
          <Suspense fallback={<div className={styles.placeholder}>{message.content}</div>}>
            <CodeEditor
              label={`Text of message ${index + 1}`}
              value={message.content}
              readOnly={readOnly}
              variables={names}
              findings={findingsOf.get(index)}
              autoFocus={fresh && index === 0}
              onChange={(content) => replace(index, { ...message, content })}
            />
          </Suspense>
        </section>
      ))}
      {!readOnly && (
        <div>
          <Button
            look="quiet"
            icon={<Plus aria-hidden="true" />}
            onClick={() => onChange([...messages, { role: "user", content: "" }])}
          >
            Add a message
          </Button>
        </div>
      )}
    </div>
  );
}

/** The message at this place and the one after it, the other way round. */
function swapped(messages: Message[], index: number): Message[] {
  return messages.with(index, messages[index + 1]!).with(index + 1, messages[index]!);
}

function byMessage(analysis: Analysis | undefined) {
  const findingsOf = new Map<number, LintResult[]>();
  for (const finding of analysis?.report.findings ?? []) {
    if (finding.messageIndex === null) continue;
    findingsOf.set(finding.messageIndex, [...(findingsOf.get(finding.messageIndex) ?? []), finding]);
  }
  return { findingsOf, names: analysis?.variables ?? [] };
}
