import type * as Blocks from "../compile/body-blocks.ts";
import type * as Composition from "../compile/composition.ts";
import type * as Escaping from "../compile/escaping.ts";
import type * as Inheritance from "../compile/inheritance.ts";
import type * as Powers from "../compile/powers.ts";
import type * as Collections from "../filters/collection-filters.ts";
import type * as PrettyPrint from "../filters/pretty-print.ts";
import type * as Json from "../filters/to-json.ts";
import type * as PercentFormat from "../formatting/percent-format.ts";
import type * as SeldomGlobals from "../globals/seldom-globals.ts";
import type * as DictMethods from "../methods/dict-changes.ts";
import type * as ListMethods from "../methods/list-methods.ts";
import type * as MarkupMethods from "../methods/markup-methods.ts";
import type * as SeldomTextMethods from "../methods/seldom-text-methods.ts";
import type * as Arithmetic from "../operators/arithmetic.ts";
import type * as PrivateNames from "../operators/private-attribute.ts";
import type * as Slices from "../operators/slice.ts";
import type * as Html from "./html-natives.ts";
import type * as Layout from "./layout-natives.ts";
import type * as Numbers from "./number-natives.ts";

/**
 * What templates need seldom, by module. Where code is read from a disk all of it is there from the beginning
 * (`all-parts.ts`); a browser fetches a part when a render comes to it (`fetch-parts.ts`).
 */
export interface Parts {
  readonly arithmetic: typeof Arithmetic;
  readonly blocks: typeof Blocks;
  readonly composition: typeof Composition;
  readonly escaping: typeof Escaping;
  readonly inheritance: typeof Inheritance;
  readonly percentFormat: typeof PercentFormat;
  readonly powers: typeof Powers;
  readonly privateNames: typeof PrivateNames;
  readonly slices: typeof Slices;
  // The filters, functions and methods of one subject each, as `NATIVES`.
  readonly collections: typeof Collections;
  readonly dictMethods: typeof DictMethods;
  readonly html: typeof Html;
  readonly json: typeof Json;
  readonly layout: typeof Layout;
  readonly listMethods: typeof ListMethods;
  readonly markupMethods: typeof MarkupMethods;
  readonly numbers: typeof Numbers;
  readonly prettyPrint: typeof PrettyPrint;
  readonly seldomGlobals: typeof SeldomGlobals;
  readonly textMethods: typeof SeldomTextMethods;
}

export type PartName = keyof Parts;

/**
 * A render came to a part that is not there yet. It is no error of the template: whoever fetches parts does so and
 * renders again from the beginning, so that what is there never shows in a result.
 */
export class MissingPart extends Error {
  readonly parts: readonly PartName[];

  constructor(parts: readonly PartName[]) {
    super(`Parts of the template engine are not loaded: ${parts}.`);
    this.parts = parts;
  }
}

const present: { -readonly [Name in PartName]?: Parts[Name] | undefined } = {};

/** Makes parts present; undefined takes one away again, as tests do. */
export function addParts(parts: { readonly [Name in PartName]?: Parts[Name] | undefined }): void {
  Object.assign(present, parts);
}

/** @throws MissingPart */
export function part<Name extends PartName>(name: Name): Parts[Name] {
  const found = present[name];
  if (found) return found;
  if (!missing) throw new MissingPart([name]);
  missing.add(name);
  return STAND_IN;
}

/** The parts that work came to in vain; while there are none, the first ends it. */
let missing: Set<PartName> | undefined;

/** Stands for whatever a missing part has, so that work goes on to what else it misses. Nothing is made of it. */
const STAND_IN = new Proxy(() => STAND_IN, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => Number.NaN : STAND_IN),
}) as never;

/**
 * Does work that changes nothing, and when a part is missing finds what others it misses as well.
 *
 * @throws MissingPart with all of them, so that they are fetched together
 */
export function gatherParts<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MissingPart)) throw error;
    missing = new Set(error.parts);
    try {
      work();
    } catch {
      // A stand-in leads only so far.
    }
    const parts = [...missing];
    missing = undefined;
    throw new MissingPart(parts);
  }
}
