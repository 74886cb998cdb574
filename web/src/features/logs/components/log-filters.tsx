import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { RequestPickers } from "../../../components/request-pickers.tsx";
import { SearchInput } from "../../../components/search-input.tsx";
import { Select } from "../../../components/select.tsx";
import { dollars } from "../../../lib/format.ts";
import { type LogFilter, noFilter } from "../api/get-logs.ts";
import styles from "./logs.module.css";
import { TimeSpan } from "./time-span.tsx";

type LogFiltersProps = {
  filter: LogFilter;
  change: (part: Partial<LogFilter>) => void;
  /** Under a template's own header its name is no choice. */
  fixedTemplate: boolean;
  /** Beside the search: what is said of the list as a whole. */
  children: ReactNode;
};

const outcomes = [
  { value: "any", label: "Every outcome" },
  { value: "ok", label: "Answered" },
  { value: "error", label: "Failed" },
  { value: "4xx", label: "4xx, refused" },
  { value: "5xx", label: "5xx, broken" },
  { value: "429", label: "429, too many" },
  { value: "499", label: "499, client left" },
] as const;
const latencies = [
  { value: "any", label: "Any latency" },
  { value: "1000", label: "1 s and slower" },
  { value: "5000", label: "5 s and slower" },
  { value: "30000", label: "30 s and slower" },
] as const;
const costs = [
  { value: "any", label: "Any cost" },
  { value: "1000000", label: `${dollars(1_000_000)} and dearer` },
  { value: "10000000", label: `${dollars(10_000_000)} and dearer` },
  { value: "100000000", label: `${dollars(100_000_000)} and dearer` },
] as const;

type Choice<T extends readonly { value: string }[]> = T[number]["value"];
const numberOf = (value: string) => (value === "any" ? null : Number(value));
const textOf = (value: number | null) => (value === null ? "any" : String(value));

export function LogFilters({ filter, change, fixedTemplate, children }: LogFiltersProps) {
  const [open, setOpen] = useState(false);
  const narrowed = Object.entries(filter).some(
    ([name, value]) =>
      value !== noFilter[name as keyof LogFilter] && !(fixedTemplate && name === "templateId"),
  );
  return (
    <search className={styles.tools} data-open={open || narrowed} aria-label="Filter requests">
      <div className={styles.line}>
        <Find find={filter.find} onFind={(find) => change({ find })} />
        <span className={styles.unfold}>
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Fewer filters" : "More filters"}
          </Button>
        </span>
        {children}
      </div>
      <div className={styles.facts}>
        <RequestPickers facts={filter} change={change} fixedTemplate={fixedTemplate} />
        <Select
          label="Outcome"
          value={filter.outcome ?? "any"}
          onChange={(outcome) => change({ outcome: outcome === "any" ? null : outcome })}
          options={[...outcomes]}
        />
        <TimeSpan filter={filter} change={change} />
        <Select
          label="Latency"
          value={textOf(filter.minLatencyMs) as Choice<typeof latencies>}
          onChange={(value) => change({ minLatencyMs: numberOf(value) })}
          options={[...latencies]}
        />
        <Select
          label="Cost"
          value={textOf(filter.minCost) as Choice<typeof costs>}
          onChange={(value) => change({ minCost: numberOf(value) })}
          options={[...costs]}
        />
        {narrowed && (
          <Button
            look="quiet"
            onClick={() => change({ ...noFilter, ...(fixedTemplate && { templateId: filter.templateId }) })}
          >
            Clear filters
          </Button>
        )}
      </div>
    </search>
  );
}

/** Asks when typing pauses, not for every letter. */
function Find({ find, onFind }: { find: string; onFind: (find: string) => void }) {
  const [text, setText] = useState(find);
  const [asked, setAsked] = useState(find);
  // Cleared or changed from outside.
  if (find !== asked) {
    setAsked(find);
    setText(find);
  }
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === find) return;
    const timer = setTimeout(() => {
      setAsked(wanted);
      onFind(wanted);
    }, 250);
    return () => clearTimeout(timer);
  });
  return <SearchInput label="Find a request id" value={text} onChange={setText} />;
}
