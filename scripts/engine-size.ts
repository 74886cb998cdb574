/**
 * What the template engine adds to a page beyond nunjucks' parser, minified and gzipped: what is loaded before the first
 * template is rendered, macros included, and all of it together. Fails above the limit of the first.
 */
import { bundledSize, FIRST_KILOBYTES } from "../bench/templates/bundled-size.ts";

const { engine, whole, parser } = await bundledSize();
const first = engine.first - parser;
console.log(
  `Template engine: ${first.toFixed(1)} kB gzipped beyond nunjucks' parser, macros included; ${(whole - parser).toFixed(1)} kB with all parts.`,
);
if (first > FIRST_KILOBYTES) {
  console.error(`Above the limit of ${FIRST_KILOBYTES} kB.`);
  process.exitCode = 1;
}
