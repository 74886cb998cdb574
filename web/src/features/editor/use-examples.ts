import { useCallback, useMemo, useState } from "react";

export type Examples = {
  /** As they were typed, by variable. */
  texts: Record<string, string>;
  /** As a caller would send them: what reads as JSON other than a string is that, the rest is text. */
  values: Record<string, unknown>;
  set: (name: string, text: string) => void;
};

const storageKey = (templateId: string) => `nemo.examples.${templateId}`;

function stored(templateId: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(storageKey(templateId)) ?? "{}");
  } catch {
    return {};
  }
}

export function exampleValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Example values stay in this browser: they may be taken from real requests. */
export function useExamples(templateId: string): Examples {
  const [texts, setTexts] = useState(() => stored(templateId));
  const set = useCallback(
    (name: string, text: string) =>
      setTexts((current) => {
        const { [name]: _old, ...rest } = current;
        const next = text === "" ? rest : { ...rest, [name]: text };
        localStorage.setItem(storageKey(templateId), JSON.stringify(next));
        return next;
      }),
    [templateId],
  );
  const values = useMemo(
    () => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, exampleValue(text)])),
    [texts],
  );
  return { texts, values, set };
}
