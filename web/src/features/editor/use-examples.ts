import { parseJson } from "@core/template/parse-json.ts";
import { writeJson } from "@core/template/write-json.ts";
import { useCallback, useMemo, useState } from "react";

export type Examples = {
  /** As they were typed, by variable. */
  texts: Record<string, string>;
  set: (name: string, text: string) => void;
  /** Several at once, as values: from a logged request, say. */
  fill: (values: Record<string, unknown>) => void;
};

const storageKey = (templateId: string) => `nemo.examples.${templateId}`;

function stored(templateId: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(storageKey(templateId)) ?? "{}");
  } catch {
    return {};
  }
}

/** Example values stay in this browser: they may be taken from real requests. */
export function useExamples(templateId: string): Examples {
  const [texts, setTexts] = useState(() => stored(templateId));
  const change = useCallback(
    (next: (current: Record<string, string>) => Record<string, string>) =>
      setTexts((current) => {
        const filled = Object.entries(next(current)).filter(([, text]) => text !== "");
        localStorage.setItem(storageKey(templateId), JSON.stringify(Object.fromEntries(filled)));
        return Object.fromEntries(filled);
      }),
    [templateId],
  );
  const set = useCallback(
    (name: string, text: string) => change((current) => ({ ...current, [name]: text })),
    [change],
  );
  const fill = useCallback(
    (values: Record<string, unknown>) => {
      const read = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "string" ? value : writeJson(value),
      ]);
      change((current) => ({ ...current, ...Object.fromEntries(read) }));
    },
    [change],
  );
  return { texts, set, fill };
}

/** A value typed into a field, for a variable of this type, as the gateway would read it: 1.0 is no 1. */
function exactValue(text: string, type: string): unknown {
  if (type === "string") return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

type Kinds = Record<string, string>;

/**
 * The values as a caller would send them: only of variables the text has, each read by its type. Before the types
 * are known, everything is read as JSON where it is JSON.
 */
export function useValues({ texts }: Examples, kinds: Kinds | undefined): Record<string, unknown> {
  // Types are made anew with each analysis; only another type or name may change the values.
  const known = JSON.stringify(kinds);
  return useMemo(() => {
    const types = known === undefined ? undefined : (JSON.parse(known) as Kinds);
    return Object.fromEntries(
      Object.entries(texts)
        .filter(([name]) => !types || Object.hasOwn(types, name))
        .map(([name, text]) => [name, exactValue(text, types?.[name] ?? "any")]),
    );
  }, [texts, known]);
}
