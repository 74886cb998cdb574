import * as blocks from "../compile/body-blocks.ts";
import * as composition from "../compile/composition.ts";
import * as escaping from "../compile/escaping.ts";
import * as inheritance from "../compile/inheritance.ts";
import * as powers from "../compile/powers.ts";
import * as collections from "../filters/collection-filters.ts";
import * as prettyPrint from "../filters/pretty-print.ts";
import * as json from "../filters/to-json.ts";
import * as percentFormat from "../formatting/percent-format.ts";
import * as seldomGlobals from "../globals/seldom-globals.ts";
import * as dictMethods from "../methods/dict-changes.ts";
import * as listMethods from "../methods/list-methods.ts";
import * as markupMethods from "../methods/markup-methods.ts";
import * as textMethods from "../methods/seldom-text-methods.ts";
import * as arithmetic from "../operators/arithmetic.ts";
import * as privateNames from "../operators/private-attribute.ts";
import * as slices from "../operators/slice.ts";
import * as html from "./html-natives.ts";
import * as layout from "./layout-natives.ts";
import * as numbers from "./number-natives.ts";
import { addParts, type Parts } from "./parts.ts";

/** Every part, for where code is read from a disk and renders do not wait. */
const ALL: Parts = {
  arithmetic,
  collections,
  blocks,
  composition,
  dictMethods,
  escaping,
  html,
  inheritance,
  json,
  layout,
  listMethods,
  markupMethods,
  numbers,
  percentFormat,
  powers,
  prettyPrint,
  privateNames,
  seldomGlobals,
  slices,
  textMethods,
};

addParts(ALL);
