import type { ParseOptions } from "./parse-template.ts";

/** Options by the names Python's Jinja2 has for them. Others are ignored. */
export interface JinjaOptions {
  readonly trim_blocks?: unknown;
  readonly lstrip_blocks?: unknown;
  readonly keep_trailing_newline?: unknown;
  /** Names of extensions, with or without `jinja2.ext.` before them: `do`, `loopcontrols` and `chat`. */
  readonly extensions?: unknown;
}

const EXTENSIONS = ["do", "loopcontrols", "chat"] as const;

/**
 * What Jinja2's options are for the parser. Without any, a template means what it means in Jinja2's default
 * environment: extensions are off.
 */
export function fromJinjaOptions(options: JinjaOptions): ParseOptions {
  const { trim_blocks, lstrip_blocks, keep_trailing_newline, extensions } = options;
  const names: readonly unknown[] = Array.isArray(extensions) ? extensions : [];
  return {
    trimBlocks: trim_blocks === true,
    lstripBlocks: lstrip_blocks === true,
    keepTrailingNewline: keep_trailing_newline === true,
    extensions: EXTENSIONS.filter((name) => names.includes(name) || names.includes(`jinja2.ext.${name}`)),
  };
}
