import { type Native, type NativeTable, nativeTable } from "../runtime/native.ts";
import { ESCAPING_FILTERS } from "./escaping-filters.ts";
import { MAPPING_FILTERS } from "./mapping-filters.ts";
import { NUMBER_FILTERS } from "./number-filters.ts";
import { SELECTION_FILTERS } from "./selection-filters.ts";
import { SEQUENCE_FILTERS } from "./sequence-filters.ts";
import { TEXT_FILTERS } from "./text-filters.ts";
import { TO_JSON } from "./to-json.ts";
import { URLIZE } from "./urlize.ts";
import { WORDWRAP } from "./wordwrap.ts";

const FILTER_LIST: readonly Native[] = [
  ...ESCAPING_FILTERS,
  ...MAPPING_FILTERS,
  ...NUMBER_FILTERS,
  ...SELECTION_FILTERS,
  ...SEQUENCE_FILTERS,
  ...TEXT_FILTERS,
  TO_JSON,
  URLIZE,
  WORDWRAP,
];

/** Every filter of Jinja2 that needs no loader. */
export const FILTERS: NativeTable = nativeTable(FILTER_LIST);
