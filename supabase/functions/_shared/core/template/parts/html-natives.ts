import { NATIVES as HTML } from "../filters/html-filters.ts";
import { NATIVES as LINKS } from "../filters/urlize.ts";

/** Filters for what becomes HTML or part of an address. */
export const NATIVES = [...HTML, ...LINKS];
