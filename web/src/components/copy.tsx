import { Check, Copy as CopyIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "./button.tsx";
import styles from "./copy.module.css";

function useCopy(text: string) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  const icon = copied ? <Check aria-hidden="true" /> : <CopyIcon aria-hidden="true" />;
  return { copied, copy, icon };
}

/** A button that says what it copies. */
export function CopyButton({
  text,
  label,
  look,
}: {
  text: string;
  label: string;
  look?: "primary" | "secondary";
}) {
  const { copied, copy, icon } = useCopy(text);
  return (
    <Button onClick={copy} icon={icon} look={look}>
      <span aria-live="polite">{copied ? "Copied" : label}</span>
    </Button>
  );
}

function CopyIconButton({ text, what }: { text: string; what: string }) {
  const { copied, copy, icon } = useCopy(text);
  return (
    <IconButton size="small" label={copied ? `Copied ${what}` : `Copy ${what}`} icon={icon} onClick={copy} />
  );
}

/** An identifier: monospaced, shortened in the middle where it is long, copied whole. */
export function Id({ value, what = "id", short }: { value: string; what?: string; short?: boolean }) {
  const shown = short && value.length > 16 ? `${value.slice(0, 8)}…${value.slice(-4)}` : value;
  return (
    <span className={styles.id}>
      <code className="truncate" title={value}>
        {shown}
      </code>
      <CopyIconButton text={value} what={what} />
    </span>
  );
}
