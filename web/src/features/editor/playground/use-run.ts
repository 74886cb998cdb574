import { useEffect, useRef, useState } from "react";
import { nothingYet, type Progress, streamAnswer, type Trial } from "./stream-answer.ts";

export type Run = {
  progress: Progress | undefined;
  running: boolean;
  start: (trial: Trial) => void;
  stop: () => void;
};

/** One answer at a time; a new one ends the one before, and leaving ends it too. */
export function useRun(): Run {
  const [progress, setProgress] = useState<Progress>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  function start(trial: Trial) {
    abort.current?.abort();
    const own = new AbortController();
    abort.current = own;
    setProgress(nothingYet);
    void streamAnswer(trial, own.signal, (next) => abort.current === own && setProgress(next));
  }
  return {
    progress,
    running: progress !== undefined && progress.totalMs === null,
    start,
    stop: () => abort.current?.abort(),
  };
}
