import type { Plugin } from "vite";

/** What the first paint is set in. Other alphabets are fetched when something is written in them. */
const FONTS = /assets\/(inter|jetbrains-mono)-latin-wght-normal-[\w-]+\.woff2$/;

/** Names the fonts in the HTML: left to itself, a browser looks for them when it draws, and then draws twice. */
export function preloadFonts(): Plugin {
  return {
    name: "nemo:preload-fonts",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => FONTS.test(file))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "preload", href: `/${file}`, as: "font", type: "font/woff2", crossorigin: true },
            injectTo: "head",
          })),
    },
  };
}
