/** A line longer than this is not kept: it could hold no template and variables within their budgets. */
export const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * The lines of a stream, ended by `\n` alone: other line breaks may stand inside JSON texts. The last may
 * have no end. Of a line that is too long comes `undefined`.
 */
export async function* readLines(
  stream: AsyncIterable<string>,
  longest = LONGEST_LINE,
): AsyncGenerator<string | undefined> {
  let pieces: string[] = [];
  let length = 0;
  const keep = (piece: string) => {
    length += piece.length;
    if (length > longest) pieces = [];
    else pieces.push(piece);
  };
  const line = () => {
    const whole = length > longest ? undefined : pieces.join("");
    pieces = [];
    length = 0;
    return whole;
  };
  for await (const chunk of stream) {
    const parts = chunk.split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      keep(part);
      yield line();
    }
    keep(last);
  }
  if (length > 0) yield line();
}
