import { type AnalysisInput, analyse } from "./analyse.ts";

/** A template of any tenant is parsed here, off the page: slow or hostile, it can be stopped from outside. */
self.addEventListener("message", async ({ data }: MessageEvent<{ id: number; input: AnalysisInput }>) => {
  try {
    postMessage({ id: data.id, analysis: await analyse(data.input) });
  } catch (reason) {
    postMessage({ id: data.id, failure: reason instanceof Error ? reason.message : String(reason) });
  }
});
