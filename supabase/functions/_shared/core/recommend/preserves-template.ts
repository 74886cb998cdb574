import type { PromptMessage, PromptSource } from "../prompt/types.ts";
import { isEvaluatorDirected } from "./evaluator-directed.ts";
import { compareBounds } from "./preserve/bounds.ts";
import type { Breach } from "./preserve/breach.ts";
import { compareManners, compareRoles, compareWords } from "./preserve/demands.ts";
import { compareCharacters } from "./preserve/hidden.ts";
import { compareText } from "./preserve/kept-text.ts";
import { compareOrder } from "./preserve/order.ts";
import { EMPTY_REGION, regionsOf, sentencesOf } from "./preserve/regions.ts";
import { compareRules } from "./preserve/rules.ts";
import { shapeOf } from "./preserve/shape.ts";

/**
 * Whether a rewrite keeps what the prompt means to its callers: the same messages and roles, the same syntax
 * tree but for the text in it (so the same variables, conditions and loops, in the same order), each number with what it
 * bounds, quotation, example, address, language and form, each strict rule as strict as it was, steps in their order;
 * and nothing that was not said: no new demand, number, address, and no character that nobody sees. Answers every
 * breach; an empty list means it is safe to show to a person, who still decides.
 */
export function findBreaches(before: PromptSource, after: readonly PromptMessage[]): Breach[] {
  const original = before.messages;
  if (original.length !== after.length || original.some((message, i) => message.role !== after[i]?.role))
    return [
      {
        code: "messages_changed",
        message: "Keep the same messages, in the same order, with the same roles.",
      },
    ];
  const changed = original.flatMap((message, index) =>
    message.content === after[index]?.content ? [] : [index],
  );
  const unread = changed.flatMap((index) => syntaxError(after[index]?.content ?? "", index));
  return unread.length > 0 ? unread : changed.flatMap((index) => compareMessages(original, after, index));
}

function syntaxError(content: string, index: number): Breach[] {
  try {
    shapeOf(content);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The rewrite of message ${index + 1} is not Jinja2: ${why}`;
    return [{ code: "syntax_error", message }];
  }
}

function compareMessages(
  original: readonly PromptMessage[],
  rewrite: readonly PromptMessage[],
  index: number,
): Breach[] {
  const [before = "", after = ""] = [original[index]?.content, rewrite[index]?.content];
  const where = `message ${index + 1}`;
  const breaches: Breach[] = compareCharacters(before, after, where);
  if (shapeOf(before) !== shapeOf(after))
    breaches.push({
      code: "tags_changed",
      message: `Keep every {{ }} and {% %} of ${where} exactly, in the same order.`,
    });
  const [old, now] = [sentencesOf(before), sentencesOf(after)];
  // What speaks to graders is nobody's instruction: it may go, and is a reason for nothing.
  const said = (sentences: string[]) => sentences.filter((sentence) => !isEvaluatorDirected(sentence));
  const known = said(original.flatMap(({ content }) => sentencesOf(content)));
  const everywhere = rewrite.flatMap(({ content }) => sentencesOf(content));
  const [oldRegions, newRegions] = [regionsOf(before), regionsOf(after)];
  for (const place of new Set([...oldRegions.keys(), ...newRegions.keys()])) {
    const [a, b] = [oldRegions.get(place) ?? EMPTY_REGION, newRegions.get(place) ?? EMPTY_REGION];
    for (const compare of [compareText, compareBounds, compareRules, compareManners])
      breaches.push(...compare(a, b, where));
  }
  breaches.push(
    ...compareWords(said(old), said(now), { known, everywhere }, where),
    ...compareRoles(old, now, where),
    ...compareOrder({ source: before, sentences: old }, { source: after, sentences: now }, where),
  );
  if (now.some(isEvaluatorDirected) && !old.some(isEvaluatorDirected))
    breaches.push({
      code: "speaks_to_graders",
      message: `Do not add text that speaks to a grader to ${where}.`,
    });
  return breaches;
}
