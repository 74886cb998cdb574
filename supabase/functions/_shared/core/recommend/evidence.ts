import type { EvidenceSpan, Instruction, PreparedPrompt, TextEdit } from "./types.ts";

/** The place `start` to `end` of a message, with its text as it stands in the source. */
export function spanAt(prompt: PreparedPrompt, message: number, start: number, end: number): EvidenceSpan {
  return { message, start, end, text: prompt.literals[message]?.source.slice(start, end) ?? "" };
}

/** A whole sentence. */
export function spanOf(prompt: PreparedPrompt, sentence: Instruction): EvidenceSpan {
  return spanAt(prompt, sentence.message, sentence.start, sentence.end);
}

/** Takes a whole sentence out. */
export function removal({ message, start, end }: Instruction): TextEdit {
  return { message, start, end, replacement: "" };
}

/** Every match of a global pattern in the instructions, with its place in the source. */
export function* matchInstructions(
  prompt: PreparedPrompt,
  pattern: RegExp,
): Generator<{ sentence: Instruction; match: RegExpExecArray; span: EvidenceSpan }> {
  for (const sentence of prompt.instructions) {
    for (const match of sentence.text.matchAll(pattern)) {
      const start = sentence.start + match.index;
      yield { sentence, match, span: spanAt(prompt, sentence.message, start, start + match[0].length) };
    }
  }
}

/** Text short enough to quote in a message, on one line. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `“${line.length > 80 ? `${line.slice(0, 77).trimEnd()}…` : line}”`;
}
