import type { Plugin } from "vite";

/** What menus, dialogs, selects and pickers are made of. */
const FLOATS = /node_modules[\\/](@base-ui|@floating-ui|tabbable)[\\/]/;

/**
 * Asks the browser to compile all functions of what floats when it comes, beside the page's thread, instead of each
 * when it first runs: it comes while the page is idle, and a third of a menu's first opening was compiling. Browsers
 * that do not know the comment pass it over.
 */
export function compileWhole(): Plugin {
  return {
    name: "nemo:compile-whole",
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === "chunk" && part.moduleIds.some((id) => FLOATS.test(id)))
          part.code = `//# allFunctionsCalledOnLoad\n${part.code}`;
      }
    },
  };
}
