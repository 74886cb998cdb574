import { NativeTable } from "../runtime/native-table.ts";
import { SELECTION_FILTERS } from "./selection-filters.ts";
import { SEQUENCE_FILTERS } from "./sequence-filters.ts";
import { TEXT_FILTERS } from "./text-filters.ts";
import { VALUE_FILTERS } from "./value-filters.ts";

/** Every filter of Jinja2 that needs no loader. */
export const FILTERS = new NativeTable(
  [...VALUE_FILTERS, ...SEQUENCE_FILTERS, ...SELECTION_FILTERS, ...TEXT_FILTERS],
  {
    collections: "batch dictsort groupby items max min random reverse slice sort sum unique",
    html: "forceescape striptags urlencode urlize xmlattr",
    json: "tojson",
    layout: "capitalize center format indent truncate wordcount wordwrap",
    numbers: "abs filesizeformat float int round",
    prettyPrint: "pprint",
  },
);
