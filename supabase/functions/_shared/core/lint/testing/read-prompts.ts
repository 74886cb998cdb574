import { readdirSync, readFileSync } from "node:fs";
import type { LintInput } from "../lint-prompt.ts";
import type { RuleName } from "../rules.ts";

/** A prompt as teams write them, with the rules that should speak about it, each once. */
export interface KnownPrompt {
  readonly name: string;
  readonly input: LintInput & { readonly messages: readonly { role: string; content: string }[] };
  readonly rules: readonly RuleName[];
}

const PARTS =
  "lid lamp pump valve filter hose tray belt motor spring sensor handle hinge cable gasket drum".split(" ");
/** A page of instructions of which none is another's. */
const LONG = PARTS.map(
  (part, at) => `Check the ${part} after ${at + 2} hours of work and write down its state.`,
).join(" ");

/** Reads `prompts/*.txt`: `=== name | rule, rule`, then parts under `--- role` or `--- contract`. */
export function readPrompts(): KnownPrompt[] {
  const folder = new URL("./prompts/", import.meta.url);
  return readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), "utf8").split(/^=== /m).slice(1).map(readPrompt),
  );
}

function readPrompt(text: string): KnownPrompt {
  const [head = "", ...parts] = text.split(/^--- (?=\w+$)/m);
  const [name = "", rules = ""] = head.trim().split(" | ");
  const read = parts.map((part) => {
    const line = part.indexOf("\n");
    return {
      role: part.slice(0, line),
      content: part
        .slice(line + 1)
        .trimEnd()
        .replace("@long", LONG),
    };
  });
  const contract = read.find(({ role }) => role === "contract");
  return {
    name,
    input: {
      messages: read.filter((part) => part !== contract),
      ...(contract ? { contract: JSON.parse(contract.content) } : {}),
    },
    rules: rules === "" ? [] : (rules.split(", ") as RuleName[]),
  };
}
