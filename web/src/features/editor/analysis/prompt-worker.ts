import { type Analysis, type AnalysisInput, analyse } from "./analyse.ts";
import type { FromWorker } from "./patient-worker.ts";

const say = (words: FromWorker<Analysis>) => postMessage(words);

/** A template of any tenant is parsed here, off the page: slow or hostile, it can be stopped from outside. */
self.addEventListener("message", async ({ data }: MessageEvent<{ id: number; input: AnalysisInput }>) => {
  const { id, input } = data;
  try {
    const done = await analyse(input, () => say({ id, begun: true }));
    say({ id, done });
  } catch (reason) {
    say({ id, failure: reason instanceof Error ? reason.message : String(reason) });
  }
});
