import { isSpace, skipSpaces, skipSpacesBack } from "../text/whitespace.ts";
import type { Token } from "./nunjucks-base.ts";
import { PlacedTokenizer } from "./placed-tokenizer.ts";
import { endOfRawTag, findEndRaw, findTag, signAt } from "./scan-tags.ts";

/** What stands between tags: text, comments and `raw` blocks, with whitespace control by `-`, `+` and options. */
export abstract class TextTokenizer extends PlacedTokenizer {
  /** Tokens already read: at most a piece of text and the tag behind it, or a look-ahead. */
  protected readonly queue: Token[] = [];
  protected mode: "text" | "block" | "variable" = "text";

  protected readText(): void {
    const source = this.str;
    const start = this.index;
    const tag = findTag(source, start);
    if (tag < 0) {
      this.pushText(start, this.len, this.len);
      return;
    }
    const kind = source.charAt(tag + 1);
    const sign = signAt(source, tag + 2);
    this.pushText(start, this.endOfText(start, tag, sign, kind !== "{"), tag);
    const behind = tag + 2 + sign.length;
    const raw = kind === "%" ? endOfRawTag(source, behind) : -1;
    if (kind === "#") this.readComment(behind);
    else if (raw >= 0) this.readRaw(raw);
    else this.openTag(kind === "%" ? "block" : "variable", behind);
  }

  private openTag(mode: "block" | "variable", behind: number): void {
    this.queue.push(this.token(`${mode}-start`, this.str.slice(this.index, behind)));
    this.mode = mode;
    this.index = behind;
  }

  /** Queues the text from `start` to `end` and goes on at `next`. */
  private pushText(start: number, end: number, next: number): void {
    if (end > start) this.queue.push(this.token("data", this.str.slice(start, end)));
    this.advanceTo(next);
  }

  /** Where the text before a tag ends once `-` or `lstrip_blocks` has taken the whitespace before it. */
  private endOfText(start: number, tag: number, sign: string, strippable: boolean): number {
    if (sign === "-") return skipSpacesBack(this.str, tag, start);
    if (sign === "+" || !strippable || !this.lstripBlocks) return tag;
    let end = tag;
    while (end > start && this.str.charCodeAt(end - 1) !== 10 && isSpace(this.str.charCodeAt(end - 1))) end--;
    const beginsLine = end === 0 || this.str.charCodeAt(end - 1) === 10;
    return beginsLine ? end : tag;
  }

  private readComment(from: number): void {
    const end = this.str.indexOf("#}", from);
    // As in Jinja2, one that opens at the very end of the source is let pass.
    if (end < 0 && from < this.len) throw this.error("Missing end of comment tag");
    this.advanceTo(end < 0 ? from : end);
    if (end < 0) return;
    this.closeTag(end + 2, end > from ? signAt(this.str, end - 1) : "");
  }

  private readRaw(from: number): void {
    const source = this.str;
    const end = findEndRaw(source, from);
    if (!end && from < this.len) throw this.error("Missing end of raw directive");
    this.advanceTo(from);
    if (!end) return;
    this.pushText(from, this.endOfText(from, end.start, end.openSign, true), end.start);
    this.closeTag(end.stop, end.closeSign);
  }

  /** Goes on behind a closing delimiter, with the whitespace its sign or `trim_blocks` takes along. */
  protected closeTag(behind: number, sign: string): void {
    let next = behind;
    if (sign === "-") next = skipSpaces(this.str, behind);
    else if (sign === "" && this.trimBlocks && this.str.charCodeAt(behind) === 10) next = behind + 1;
    this.advanceTo(next);
  }
}
