import { parseOptions } from "../../prompt/parse-options.ts";
import { type LiteralText, type OutputPlace, readLiteralText } from "../../text/literal-text.ts";
import { Fences } from "../fences.ts";
import type { LintContext, LintMessage, LintRule } from "../lint-context.ts";
import type { Finding } from "../lint-result.ts";
import { kindOfName, originsOf, type PrintedValue, printedValue } from "../outside-text.ts";
import { type Node, nodesOf } from "../walk-tree.ts";

/**
 * Free text of somebody else stands in a system message with nothing around it, so the model cannot tell it from the
 * author's instructions. Docs: docs/lint-rules/unfenced-interpolation.md
 */
export const unfencedInterpolation: LintRule = {
  level: "warning",
  *check(context) {
    for (const message of context.messages) {
      if (message.role !== "system" && message.role !== "developer") continue;
      for (const same of loosePlaces(context, message).values()) yield finding(message, same);
    }
  },
};

type LoosePlace = PrintedValue & OutputPlace;

/** Loose values by the variable they come from; `ticket_1` and `ticket_2` count as one. */
function loosePlaces(context: LintContext, message: LintMessage): Map<string, LoosePlace[]> {
  const found = new Map<string, LoosePlace[]>();
  const { template, content, lines } = message;
  if (!template) return found;
  const origins = originsOf(template.body, context.effective);
  const literal = readLiteralText(content, parseOptions(context.contract));
  const fences = new Fences(literal.mask);
  const places = new Map(literal.outputs.map((place) => [place.start, place]));
  for (const node of nodesOf(template.body as readonly Node[])) {
    const place = node.kind === "output" ? places.get(lines.offset(node)) : undefined;
    const printed = place && node.kind === "output" ? printedValue(node.expression, origins) : null;
    if (!place || !printed || !mayHoldSentences(context, printed, literal, place)) continue;
    if (fences.surround(place.start, place.end)) continue;
    const key = printed.variable.replace(/_?\d+$/, "");
    const same = found.get(key) ?? [];
    found.set(key, same);
    same.push({ ...printed, ...place });
  }
  return found;
}

/** By its name, or because it fills a line of its own and is neither an instruction nor known to be short. */
function mayHoldSentences(
  { effective }: LintContext,
  { variable, name }: PrintedValue,
  literal: LiteralText,
  place: OutputPlace,
): boolean {
  const contract = effective.variables.get(variable);
  const isField = name !== variable;
  if (!contract || contract.type === "number" || contract.type === "boolean") return false;
  const kind = kindOfName(name);
  if (kind === "free") return true;
  const short = typeof contract.default === "string" && !isField && /^.{0,80}$/.test(contract.default);
  return kind === "other" && !isField && !short && fillsItsLines(literal, place);
}

function fillsItsLines({ mask }: LiteralText, { start, end }: OutputPlace): boolean {
  const lineStart = mask.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = mask.indexOf("\n", end);
  const rest = mask.slice(lineStart, start) + mask.slice(end, lineEnd < 0 ? mask.length : lineEnd);
  // A message that is nothing else has nothing to be set apart from.
  return rest.trim() === "" && mask.trim().length > end - start;
}

function finding({ index, lines, content }: LintMessage, same: readonly LoosePlace[]): Finding {
  const [{ name, start, end }] = same as readonly [LoosePlace, ...LoosePlace[]];
  const tag = tagOf(name);
  return {
    message: `The text of \`${name}\` stands among the instructions with nothing to set it apart.`,
    remedy: `Write <${tag}>${content.slice(start, end)}</${tag}>, and say that what is between the tags is data.`,
    at: { messageIndex: index, ...lines.position(start) },
    fix: {
      label: `Put <${tag}> around it`,
      edits: same.flatMap((place) => {
        const own = tagOf(place.name);
        return [
          { from: place.start, to: place.start, insert: `<${own}>` },
          { from: place.end, to: place.end, insert: `</${own}>` },
        ];
      }),
    },
  };
}

function tagOf(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? name : "data";
}
