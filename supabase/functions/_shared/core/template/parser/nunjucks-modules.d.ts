/**
 * nunjucks publishes no types for these two files, so they are typed by hand in `nunjucks-base.ts`.
 * They are its lexer and parser; nothing else of nunjucks is ever loaded.
 */
declare module "nunjucks/src/lexer.js" {
  const lexer: unknown;
  export default lexer;
}
declare module "nunjucks/src/parser.js" {
  const parser: unknown;
  export default parser;
}
