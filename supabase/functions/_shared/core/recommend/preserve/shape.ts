import type { Body, Statement } from "../../template/ast/statements.ts";
import { parseTemplate } from "../../template/parse-template.ts";

/** The syntax tree as text, without positions and with every run of text blotted out. */
export function shapeOf(source: string): string {
  return JSON.stringify(dropText(parseTemplate(source).body), (key, value: unknown) => {
    if (key === "line" || key === "column") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
}

/** Text between two tags may come and go (a removed sentence may leave none), so only what is not text counts. */
function dropText(body: Body): unknown[] {
  return body.filter((node) => node.kind !== "text").map(withoutText);
}

function withoutText(node: Statement): unknown {
  const copy: Record<string, unknown> = { ...node };
  if (node.kind === "if")
    copy.branches = node.branches.map(({ condition, body }) => ({ condition, body: dropText(body) }));
  if ("body" in node) copy.body = dropText(node.body);
  if ("otherwise" in node) copy.otherwise = dropText(node.otherwise);
  return copy;
}
