import { writeJson } from "@core/template/write-json.ts";
import { useEffect, useRef, useState } from "react";
import type { Analysis, AnalysisInput } from "./analyse.ts";
import { PatientWorker } from "./patient-worker.ts";

const PATIENCE_MS = 10_000;
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
  const worker = useRef<PatientWorker<AnalysisInput, Analysis>>(null);
  const latest = useRef(0);
  const tell = useRef(onAnalysis);
  tell.current = onAnalysis;
  const { messages, config, contract, values, includes } = input;

  useEffect(() => {
    return () => {
      worker.current?.end();
      worker.current = null;
    };
  }, []);

  useEffect(() => {
    latest.current += 1;
    const id = latest.current;
    const timer = setTimeout(() => {
      worker.current ??= new PatientWorker(startWorker, PATIENCE_MS);
      const input = { messages, config, contract, values: writeJson(values), includes };
      worker.current.ask(input, (answer) => {
        if (id !== latest.current) return;
        if (answer.done) tell.current(answer.done);
        setState((before) =>
          answer.done
            ? { analysis: answer.done }
            : { ...before, failure: answer.failure ?? "This template takes too long to check." },
        );
      });
    }, pauseWhileTyping);
    return () => clearTimeout(timer);
  }, [messages, config, contract, values, includes]);

  return state;
}
