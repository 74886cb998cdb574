import { Field, TextInput } from "../../../components/field.tsx";
import { Select } from "../../../components/select.tsx";
import type { LogFilter } from "../api/get-logs.ts";

const spans = [
  { value: "any", label: "All time" },
  { value: "1", label: "Last hour" },
  { value: "24", label: "Last 24 hours" },
  { value: "168", label: "Last 7 days" },
  { value: "between", label: "Between two times" },
] as const;
type Span = (typeof spans)[number]["value"];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const minute = (at: number) => new Date(at - (at % MINUTE_MS)).toISOString();

type TimeSpanProps = { filter: LogFilter; change: (part: Partial<LogFilter>) => void };

/** The last hours, or from one moment to another, in the reader's own time. */
export function TimeSpan({ filter: { hours, from, until }, change }: TimeSpanProps) {
  const bounded = from !== null || until !== null;
  const span = bounded ? "between" : ((hours ?? "any").toString() as Span);

  function choose(next: Span) {
    // Both ends are filled in, so that there is something to change.
    if (next === "between") {
      const now = Date.now();
      change({ hours: null, from: minute(now - DAY_MS), until: minute(now + MINUTE_MS) });
    } else change({ hours: next === "any" ? null : Number(next), from: null, until: null });
  }
  return (
    <>
      <Select label="Time" value={span} onChange={choose} options={[...spans]} />
      {span === "between" && (
        <>
          <Moment label="From" value={from} onChange={(moment) => change({ from: moment })} />
          <Moment label="Until" value={until} onChange={(moment) => change({ until: moment })} />
        </>
      )}
    </>
  );
}

type MomentProps = { label: string; value: string | null; onChange: (moment: string | null) => void };

function Moment({ label, value, onChange }: MomentProps) {
  return (
    <Field label={label} hideLabel>
      <TextInput
        type="datetime-local"
        aria-label={label}
        value={value === null ? "" : localTime(new Date(value))}
        onChange={({ target }) => onChange(target.value === "" ? null : new Date(target.value).toISOString())}
      />
    </Field>
  );
}

/** As the control writes it: no zone, to the minute. */
function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}
