import type { PromptMessage } from "../prompt/types.ts";
import type { Finding, TextEdit } from "./types.ts";

/**
 * The messages with edits applied. Of edits that overlap the first stands, so findings may be passed in order
 * of their gravity. Blank space that a removal leaves behind is closed up.
 */
export function applyEdits(messages: readonly PromptMessage[], edits: readonly TextEdit[]): PromptMessage[] {
  return messages.map((message, index) => {
    const own: TextEdit[] = [];
    for (const edit of edits) {
      const clashes = own.some((other) => edit.start < other.end && other.start < edit.end);
      if (edit.message === index && !clashes) own.push(edit);
    }
    own.sort((a, b) => b.start - a.start);
    return { ...message, content: own.reduce(applyOne, message.content) };
  });
}

/** The edits of all findings, and which findings took part: one whose place another took is left out whole. */
export function editsOf(findings: readonly Finding[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { edits } of findings) {
    const clashes = edits.some((edit) =>
      taken.some((t) => t.message === edit.message && edit.start < t.end && t.start < edit.end),
    );
    if (!clashes) taken.push(...edits);
  }
  return taken;
}

function applyOne(text: string, edit: TextEdit): string {
  const before = text.slice(0, edit.start);
  const behind = text.slice(edit.end);
  if (edit.replacement !== "") return before + edit.replacement + behind;
  const lineStart = before.lastIndexOf("\n") + 1;
  const wholeLine = /^\s*(?:[-*•]\s*)?$/.test(before.slice(lineStart)) && /^[ \t]*(?:\n|$)/.test(behind);
  if (wholeLine) return before.slice(0, lineStart) + behind.replace(/^[ \t]*\n?/, "");
  // At the end of a line nothing follows that the blank before it would keep apart.
  if (/^[ \t]*(?:\n|$)/.test(behind)) return before.replace(/[ \t]+$/, "") + behind.replace(/^[ \t]+/, "");
  return /[ \t]$/.test(before) || before === "" ? before + behind.replace(/^[ \t]+/, "") : before + behind;
}
