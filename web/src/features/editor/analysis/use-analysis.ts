import { writeJson } from "@core/template/write-json.ts";
import { useEffect, useRef, useState } from "react";
import type { Analysis, AnalysisInput } from "./analyse.ts";

type Answer = { id: number; analysis?: Analysis; failure?: string };

// Loading the tokenizer's tables the first time is part of it.
const patience = 10_000;
const pauseWhileTyping = 120;

function startWorker(): Worker {
  return new Worker(new URL("./prompt-worker.ts", import.meta.url), { type: "module", name: "prompt" });
}

/**
 * What is known about the draft, a moment behind the typing. A worker that does not answer is ended and begun
 * again, and the last answer stays.
 */
export function useAnalysis(
  input: Omit<AnalysisInput, "values"> & { values: Record<string, unknown> },
  onAnalysis: (analysis: Analysis) => void,
): { analysis?: Analysis; failure?: string } {
  const [state, setState] = useState<{ analysis?: Analysis; failure?: string }>({});
  const worker = useRef<Worker>(null);
  const latest = useRef(0);
  const tell = useRef(onAnalysis);
  tell.current = onAnalysis;
  const { messages, config, contract, values, includes } = input;

  useEffect(() => {
    return () => {
      worker.current?.terminate();
      worker.current = null;
    };
  }, []);

  useEffect(() => {
    latest.current += 1;
    const id = latest.current;
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const timer = setTimeout(() => {
      worker.current ??= startWorker();
      const asked = worker.current;
      asked.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data.id !== latest.current) return;
        clearTimeout(watchdog);
        if (data.analysis) tell.current(data.analysis);
        setState((before) =>
          data.analysis ? { analysis: data.analysis } : { ...before, failure: data.failure },
        );
      };
      watchdog = setTimeout(() => {
        asked.terminate();
        worker.current = null;
        setState((before) => ({ ...before, failure: "This template takes too long to check." }));
      }, patience);
      asked.postMessage({ id, input: { messages, config, contract, values: writeJson(values), includes } });
    }, pauseWhileTyping);
    return () => {
      clearTimeout(timer);
      clearTimeout(watchdog);
    };
  }, [messages, config, contract, values, includes]);

  return state;
}
