import type { TemplateError } from "../../template/template-error.ts";
import type { LintFix } from "../lint-result.ts";

/** What to write instead of what cannot be read. */
export interface SyntaxAdvice {
  readonly remedy: string;
  readonly fix?: LintFix;
}

/** Where a template cannot be read. Offsets are into the message's text. */
export interface Fault {
  readonly content: string;
  readonly offset: number;
  /** The tag it is in, as far as that goes, and where it begins. */
  readonly tag: string;
  readonly tagStart: number;
  /** Jinja2's own words. */
  readonly says: string;
  /** The innermost block that is open there, as Jinja2 tells. */
  readonly open: string | null;
}

export function faultOf({ message }: TemplateError, content: string, offset: number): Fault {
  const braces = Math.max(content.lastIndexOf("{{", offset), content.lastIndexOf("{%", offset), 0);
  const tagStart = content[braces - 1] === "{" ? braces - 1 : braces;
  const end = content.slice(tagStart).search(/[%}]\}|\n/);
  const tag = content.slice(tagStart, end < 0 ? undefined : tagStart + end + 2);
  const open = /needs to be closed is '(\w+)'/.exec(message)?.[1] ?? null;
  return { content, offset, tag, tagStart, says: message, open };
}

export function replace(from: number, written: string, insert: string): LintFix {
  return { label: `Change to ${insert.trim()}`, edits: [{ from, to: from + written.length, insert }] };
}
