import { addParts, MissingPart, type PartName, type Parts } from "./parts.ts";

/** Each becomes a file of its own in a bundle. */
const FETCH: { readonly [Name in PartName]: () => Promise<Parts[Name]> } = {
  arithmetic: () => import("../operators/arithmetic.ts"),
  collections: () => import("../filters/collection-filters.ts"),
  blocks: () => import("../compile/body-blocks.ts"),
  composition: () => import("../compile/composition.ts"),
  dictMethods: () => import("../methods/dict-changes.ts"),
  escaping: () => import("../compile/escaping.ts"),
  html: () => import("./html-natives.ts"),
  inheritance: () => import("../compile/inheritance.ts"),
  json: () => import("../filters/to-json.ts"),
  layout: () => import("./layout-natives.ts"),
  listMethods: () => import("../methods/list-methods.ts"),
  markupMethods: () => import("../methods/markup-methods.ts"),
  numbers: () => import("./number-natives.ts"),
  percentFormat: () => import("../formatting/percent-format.ts"),
  powers: () => import("../compile/powers.ts"),
  prettyPrint: () => import("../filters/pretty-print.ts"),
  privateNames: () => import("../operators/private-attribute.ts"),
  seldomGlobals: () => import("../globals/seldom-globals.ts"),
  slices: () => import("../operators/slice.ts"),
  textMethods: () => import("../methods/seldom-text-methods.ts"),
};

export const PART_NAMES: readonly PartName[] = Object.keys(FETCH) as PartName[];

export async function fetchPart(name: PartName): Promise<void> {
  addParts({ [name]: await FETCH[name]() });
}

/**
 * Does work that renders, as often as it takes to fetch the parts it comes to. Results are those of a render with
 * all parts: what is missing ends the work instead of changing it.
 *
 * @param work may run more than once, so it keeps nothing of a run that fails
 */
export async function withParts<T>(work: () => T): Promise<T> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof MissingPart)) throw error;
      await Promise.all(error.parts.map(fetchPart));
    }
  }
}
