import { diff3Merge } from "node-diff3";
import type { Message } from "../../../lib/queries/get-versions.ts";
import type { Content } from "../draft.ts";

/** Two people changed the same place. Texts are as they would be shown; "both" is theirs, then mine. */
export type Conflict = {
  id: string;
  where: string;
  base: string;
  theirs: string;
  mine: string;
  both: boolean;
};
export type Choice = "theirs" | "mine" | "both";
type Decide = (conflict: Conflict) => Choice;

/**
 * Joins what two people made of the same version: what only one of them changed is taken, what both changed is
 * asked. Nothing is dropped without `decide` having said so.
 */
export function mergeDrafts(base: Content, theirs: Content, mine: Content, decide: Decide): Content {
  const ask = numbered(decide);
  return {
    messages: mergeMessages(base.messages, theirs.messages, mine.messages, ask),
    config: mergeObjects("Model settings", base.config, theirs.config, mine.config, ask),
    contract: mergeObjects("Contract", base.contract, theirs.contract, mine.contract, ask),
  };
}

export function conflictsOf(base: Content, theirs: Content, mine: Content): Conflict[] {
  const found: Conflict[] = [];
  mergeDrafts(base, theirs, mine, (conflict) => {
    found.push(conflict);
    return "mine";
  });
  return found;
}

type Ask = (conflict: Omit<Conflict, "id">) => Choice;

function numbered(decide: Decide): Ask {
  let count = 0;
  return (conflict) => {
    count += 1;
    return decide({ ...conflict, id: String(count) });
  };
}

function picked<T>(choice: Choice, theirs: T[], mine: T[]): T[] {
  if (choice === "both") return [...theirs, ...mine];
  return choice === "theirs" ? theirs : mine;
}

/** First whole messages, so that one that was added or moved stays whole; then line by line inside of one. */
function mergeMessages(base: Message[], theirs: Message[], mine: Message[], ask: Ask): Message[] {
  const merged: Message[] = [];
  const texts = (messages: Message[]) => messages.map((message) => JSON.stringify(message));
  for (const region of diff3Merge(texts(theirs), texts(base), texts(mine))) {
    const read = (lines: string[]) => lines.map((line) => JSON.parse(line) as Message);
    if (region.ok) {
      merged.push(...read(region.ok));
      continue;
    }
    const { a, o, b } = region.conflict!;
    const [now, before, own] = [read(a), read(o), read(b)];
    if (now.length === before.length && own.length === before.length) {
      for (const [index, message] of before.entries()) {
        merged.push(mergeMessage(merged.length, message, now[index]!, own[index]!, ask));
      }
      continue;
    }
    const shown = (messages: Message[]) =>
      messages.map(({ role, content }) => `[${role}]\n${content}`).join("\n\n");
    const where = `Messages from ${merged.length + 1} on`;
    const choice = ask({ where, base: shown(before), theirs: shown(now), mine: shown(own), both: true });
    merged.push(...picked(choice, now, own));
  }
  return merged;
}

function mergeMessage(index: number, base: Message, theirs: Message, mine: Message, ask: Ask): Message {
  const where = `Message ${index + 1}`;
  const lines: string[] = [];
  for (const region of diff3Merge(
    theirs.content.split("\n"),
    base.content.split("\n"),
    mine.content.split("\n"),
  )) {
    if (region.ok) lines.push(...region.ok);
    else {
      const { a, o, b, oIndex } = region.conflict!;
      const place = `${where}, line ${oIndex + 1}`;
      const [was, now, own] = [o.join("\n"), a.join("\n"), b.join("\n")];
      lines.push(...picked(ask({ where: place, base: was, theirs: now, mine: own, both: true }), a, b));
    }
  }
  const role = mergeValue(`Role of message ${index + 1}`, base.role, theirs.role, mine.role, ask);
  return { role: role as Message["role"], content: lines.join("\n") };
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function mergeObjects(where: string, base: Json, theirs: Json, mine: Json, ask: Ask): Json {
  const merged: Json = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const value = mergeValue(`${where}: ${key}`, base[key], theirs[key], mine[key], ask);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

function mergeValue(where: string, base: unknown, theirs: unknown, mine: unknown, ask: Ask): unknown {
  if (same(theirs, mine) || same(mine, base)) return theirs;
  if (same(theirs, base)) return mine;
  if (isObject(theirs) && isObject(mine))
    return mergeObjects(where, isObject(base) ? base : {}, theirs, mine, ask);
  const shown = (value: unknown) => (value === undefined ? "" : JSON.stringify(value, null, 2));
  const texts = { base: shown(base), theirs: shown(theirs), mine: shown(mine) };
  return ask({ where, ...texts, both: false }) === "theirs" ? theirs : mine;
}
