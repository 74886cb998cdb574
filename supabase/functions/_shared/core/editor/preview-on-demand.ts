import { withParts } from "../template/parts/fetch-parts.ts";
import { type Preview, type PreviewInput, type PreviewOptions, previewDraft } from "./preview-draft.ts";

/** `preview` for browsers: parts of the template engine that are seldom needed are fetched when they are. */
export function previewOnDemand(input: PreviewInput, options?: PreviewOptions): Promise<Preview> {
  return withParts(() => previewDraft(input, options));
}
