import type { LintContext, LintMessage, LintRule } from "../lint-context.ts";
import type { Finding } from "../lint-result.ts";
import { type Node, nodesOf } from "../walk-tree.ts";

/** Blanks at the end of a line that reach the model. Docs: docs/lint-rules/trailing-whitespace.md */
export const trailingWhitespace: LintRule = {
  level: "warning",
  *check(context: LintContext) {
    for (const message of context.messages) yield* inMessage(message);
  },
};

function* inMessage({ content, template, index, lines }: LintMessage): Iterable<Finding> {
  if (!template) return;
  const endOfMessage = content.replace(/(?:\r\n?|\n)$/, "").length;
  for (const node of nodesOf(template.body as readonly Node[])) {
    if (node.kind !== "text") continue;
    const start = lines.offset(node);
    // A carriage return belongs to the line's end, so lengths are measured in the author's own text.
    const text = content.slice(start, endOfText(content, start, node.value));
    for (const end of text.matchAll(/[\r\n]+|$/g)) {
      const to = start + end.index;
      // What stands before a tag is no line's end.
      if (end[0] === "" && to < endOfMessage) continue;
      let from = to;
      while (from > start && (content[from - 1] === " " || content[from - 1] === "\t")) from--;
      if (from === to) continue;
      yield {
        message: `The line ends with ${to - from === 1 ? "a blank" : "blanks"} that the model will read.`,
        remedy: "Remove them; they cost tokens and make two equal prompts look different.",
        at: { messageIndex: index, ...lines.position(from) },
        fix: { label: "Remove the blanks", edits: [{ from, to, insert: "" }] },
      };
    }
  }
}

/** Where a text node ends in the author's text, in which `\r\n` may stand for the node's `\n`. */
function endOfText(content: string, start: number, value: string): number {
  let at = start;
  for (const unit of value) at += unit === "\n" && content.startsWith("\r\n", at) ? 2 : unit.length;
  return at;
}
