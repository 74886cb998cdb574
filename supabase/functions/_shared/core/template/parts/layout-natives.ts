import { NATIVES as LAYOUT } from "../filters/layout-filters.ts";
import { NATIVES as WORDWRAP } from "../filters/wordwrap.ts";

/** Filters that lay text out. */
export const NATIVES = [...LAYOUT, ...WORDWRAP];
