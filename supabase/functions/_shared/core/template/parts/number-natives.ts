import { NATIVES as FILTERS } from "../filters/number-filters.ts";
import { NATIVES as METHODS } from "../methods/number-methods.ts";

/** Filters and methods that only numbers need. */
export const NATIVES = [...FILTERS, ...METHODS];
