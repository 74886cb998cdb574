import "../template/parts/all-parts.ts";
import { type Preview, type PreviewInput, type PreviewOptions, previewDraft } from "./preview-draft.ts";

/**
 * Lints, renders and counts a draft in one call, with the whole template engine there: what functions use. Never
 * throws for anything an author can type.
 */
export const preview: (input: PreviewInput, options?: PreviewOptions) => Preview = previewDraft;
