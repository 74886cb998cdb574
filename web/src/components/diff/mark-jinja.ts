export type Part = { kind: "text" | "variable" | "tag" | "space"; text: string };

const pattern = /(\{\{.*?\}\})|(\{[%#].*?[%#]\})|([ \t]+$)/g;

/**
 * Cuts a line, or a piece of one, into text, variables, tags and the spaces a line ends with, for marking them the
 * same wherever it is shown.
 */
export function markJinja(line: string, endsLine = true): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > at) parts.push({ kind: "text", text: line.slice(at, match.index) });
    const kind = match[1] ? "variable" : match[2] ? "tag" : endsLine ? "space" : "text";
    parts.push({
      kind,
      text: kind === "space" ? match[0].replaceAll(" ", "·").replaceAll("\t", "→") : match[0],
    });
    at = match.index + match[0].length;
  }
  if (at < line.length) parts.push({ kind: "text", text: line.slice(at) });
  return parts;
}
