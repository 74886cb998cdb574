import type { Body, Statement } from "../template/ast/statements.ts";
import type { TokenCounter } from "../tokens/count-tokens.ts";
import type { Place } from "./flow/walk-records.ts";
import { freeNames } from "./free-names.ts";
import type { LintContext } from "./lint-context.ts";
import { renderedStatements } from "./rendered-statements.ts";
import { varyingNames } from "./varying-names.ts";
import { type Node, nodesOf } from "./walk-tree.ts";

/**
 * How much of a prompt's fixed text a provider can keep from one request to the next. Providers cache the
 * longest beginning that is the same, so all text behind the first value that varies is read anew.
 */
export interface CacheableShare {
  /** Tokens of fixed text before anything that varies. */
  readonly cacheableTokens: number;
  /** Tokens of all fixed text. */
  readonly fixedTokens: number;
  /** Per cent of the fixed text, 0 to 100, rounded. 100 when there is none. */
  readonly percent: number;
  /** The first place that varies; null when nothing does. */
  readonly firstVarying: (Place & { readonly name: string }) | null;
}

export function cacheableShare(context: LintContext): CacheableShare {
  const count = counterOf(context.tokens);
  let cacheableTokens = 0;
  let fixedTokens = 0;
  let firstVarying: CacheableShare["firstVarying"] = null;
  for (const message of context.messages) {
    const varying = varyingNames(message.template?.body ?? [], context.effective.variables.keys());
    for (const { statement, at } of renderedStatements(context, message)) {
      const tokens = count(textOf([statement]));
      fixedTokens += tokens;
      const name: string | null = firstVarying ? null : varyingName(varying, statement);
      if (name !== null)
        firstVarying = { name, messageIndex: message.index, line: at.line, column: at.column };
      if (!firstVarying) cacheableTokens += tokens;
    }
  }
  const percent = fixedTokens === 0 ? 100 : Math.round((100 * cacheableTokens) / fixedTokens);
  return { cacheableTokens, fixedTokens, percent, firstVarying };
}

/** Four letters a token is OpenAI's own rule of thumb for English, for where no tokenizer is loaded. */
function counterOf(tokens: TokenCounter | null): (text: string) => number {
  return tokens ? (text) => tokens.count(text) : (text) => Math.ceil(text.length / 4);
}

function textOf(body: Body): string {
  let text = "";
  for (const node of nodesOf(body as readonly Node[])) if (node.kind === "text") text += node.value;
  return text;
}

/** A caller's variable that what the statement prints depends on; null for what is always the same. */
function varyingName(varying: ReadonlyMap<string, string>, statement: Statement): string | null {
  if (statement.kind === "set" || statement.kind === "set_block" || statement.kind === "macro") return null;
  for (const name of freeNames(statement)) {
    const variable = varying.get(name);
    if (variable !== undefined) return variable;
  }
  return null;
}
