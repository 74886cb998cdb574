import { useState } from "react";
import type { SnippetInput } from "../lib/snippets/snippet.ts";
import { snippets } from "../lib/snippets/snippets.ts";
import { config } from "../lib/supabase.ts";
import { CopyButton } from "./copy.tsx";
import { Select } from "./select.tsx";
import styles from "./snippets.module.css";

type SnippetsProps = {
  templateId: string;
  apiKey?: string;
  model?: string;
  /** What callers must give. */
  variables: Record<string, unknown>;
};

/** The call, filled in with this project's address, this template and, right after it was made, the key. */
export function Snippets(props: SnippetsProps) {
  const { templateId, apiKey = "nemo_sk_…", model = "gpt-4o-mini", variables } = props;
  const [language, setLanguage] = useState("python");
  const snippet = snippets.find(({ id }) => id === language) ?? snippets[0]!;
  const input: SnippetInput = {
    baseUrl: config().gatewayUrl,
    apiKey,
    template: templateId,
    model,
    variables,
  };
  const code = snippet.code(input);
  return (
    <div className={styles.snippets}>
      <div className={styles.bar}>
        <Select
          label="Language"
          value={language}
          onChange={setLanguage}
          options={snippets.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {snippet.install && <code className={styles.install}>{snippet.install}</code>}
        <CopyButton text={code} label="Copy" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long code scrolls, and the keyboard must be able to scroll it */}
      <pre className={styles.code} tabIndex={0}>
        <code>{code}</code>
      </pre>
      {apiKey === "nemo_sk_…" && (
        <p className="meta">
          Put a key of yours in place of nemo_sk_…; admins make them under Settings, Keys.
        </p>
      )}
    </div>
  );
}
