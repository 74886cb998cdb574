import type { Includes } from "@core/prompt/types.ts";
import { writeJson } from "@core/template/write-json.ts";
import { useEffect, useRef, useState } from "react";
import type { Content } from "../draft.ts";
import type { Analysis, AnalysisInput } from "./analyse.ts";
import { PatientWorker } from "./patient-worker.ts";

const PATIENCE_MS = 10_000;
const pauseWhileTyping = 120;

function startWorker(): Worker {
  return new Worker(new URL("./prompt-worker.ts", import.meta.url), { type: "module", name: "prompt" });
}

/**
 * What is known about the draft, a moment behind the typing, and not before what it includes is known. A worker that does not answer is ended and begun
 * again, and the last answer stays.
 */
export function useAnalysis(
  input: Content & { values: Record<string, unknown>; includes: Includes | null | undefined },
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
    if (includes === undefined) return;
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
