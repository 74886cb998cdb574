import { type IncludeResolver, includeResolver } from "../prompt/includes.ts";
import { parseOptions } from "../prompt/parse-options.ts";
import { readContract } from "../prompt/read-contract.ts";
import { type Includes, PROMPT_ROLES, type PromptRole, type VariableContract } from "../prompt/types.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { TemplateError } from "../template/template-error.ts";
import type { TokenCounter } from "../tokens/count-tokens.ts";
import { deriveContract, type ParsedMessage } from "./derive-contract.ts";
import type { LintContext, LintMessage, LintRule, MessageProblem } from "./lint-context.ts";
import type { Finding, LintReport, LintResult } from "./lint-result.ts";
import { reconcileContract } from "./reconcile-contract.ts";
import { RULES, type RuleName } from "./rules.ts";
import { TextLines } from "./text-lines.ts";

/** What is linted, as it comes from outside: nothing about its form is taken for granted. */
export interface LintInput {
  readonly messages: unknown;
  readonly contract?: unknown;
  readonly config?: unknown;
}

export interface LintOptions {
  /** Counts tokens for the version's model; without it, token rules estimate or stay silent. */
  readonly tokens?: TokenCounter | null;
  /** Answers included templates; without it, includes are not looked at. */
  readonly resolve?: IncludeResolver | null;
  /** What the version was saved with; instead of `resolve`. */
  readonly includes?: Includes | null;
}

/** More of one kind help nobody, and rules stop looking then. */
const MOST_OF_A_RULE = 50;
const MOST_FINDINGS = 200;

/** Lints one version. Pure and synchronous: the same input gives the same report everywhere. */
export function lintPrompt(input: LintInput, options: LintOptions = {}): LintReport {
  return runRules(lintContext(input, options));
}

/** Runs every rule over a context made by {@link lintContext}. */
export function runRules(context: LintContext): LintReport {
  const findings: LintResult[] = [];
  for (const [name, rule] of Object.entries(RULES) as [RuleName, LintRule][]) {
    let left = MOST_OF_A_RULE;
    for (const finding of rule.check(context)) {
      findings.push(toResult(name, rule, finding));
      if (--left === 0) break;
    }
  }
  findings.sort(
    (a, b) =>
      Number(a.level === "warning") - Number(b.level === "warning") ||
      (a.messageIndex ?? -1) - (b.messageIndex ?? -1) ||
      a.line - b.line ||
      a.column - b.column,
  );
  const errorCount = findings.filter(({ level }) => level === "error").length;
  return {
    passed: errorCount === 0,
    errorCount,
    warningCount: findings.length - errorCount,
    findings: findings.slice(0, MOST_FINDINGS),
  };
}

function toResult(rule: RuleName, { level }: LintRule, { message, remedy, at, fix }: Finding): LintResult {
  const { messageIndex = null, line = 1, column = 1 } = at ?? {};
  return { rule, level, message, remedy, messageIndex, line, column, ...(fix ? { fix } : {}) };
}

/** Parses and analyses the input once, for all rules and for previews. */
export function lintContext(input: LintInput, options: LintOptions = {}): LintContext {
  const { contract, problems: contractProblems } = readContract(input.contract);
  const messageProblems: MessageProblem[] = [];
  const messages = readMessages(input.messages, contract, messageProblems);
  const parsed = messages.filter(
    (message): message is LintMessage & ParsedMessage => message.template !== null,
  );
  const resolveStrictly = options.resolve ?? (options.includes ? includeResolver(options.includes) : null);
  const resolve = resolveStrictly && skippingBroken(resolveStrictly);
  const derived = deriveContract(parsed, {
    mode: "strict",
    indexes: parsed.map((message) => message.index),
    ...(resolve ? { resolve } : {}),
  });
  const model = (input.config as { model?: unknown } | null | undefined)?.model;
  return {
    messages,
    messageProblems,
    contract,
    contractProblems,
    derived,
    effective: reconcileContract(contract, derived),
    model: typeof model === "string" ? model : null,
    tokens: options.tokens ?? null,
    resolve,
    resolveStrictly,
    includes: options.includes ?? null,
    self: options.includes?.name ?? null,
  };
}

/** An included template that does not parse is as good as none: the rules speak of this version. */
function skippingBroken(resolve: IncludeResolver): IncludeResolver {
  return (name, from) => {
    try {
      return resolve(name, from);
    } catch (error) {
      if (error instanceof TemplateError) return undefined;
      throw error;
    }
  };
}

function readMessages(input: unknown, contract: VariableContract, problems: MessageProblem[]): LintMessage[] {
  if (!Array.isArray(input) || input.length === 0) {
    problems.push({ index: null, message: "There are no messages." });
    return [];
  }
  return input.map((message: unknown, index) => {
    const { role, content } = (message ?? {}) as { role?: unknown; content?: unknown };
    const knownRole = PROMPT_ROLES.includes(role as PromptRole);
    if (!knownRole) problems.push({ index, message: `Message ${index + 1} has no role Nemo knows.` });
    if (typeof content !== "string")
      problems.push({ index, message: `The content of message ${index + 1} is not text.` });
    const text = typeof content === "string" ? content : "";
    return {
      index,
      role: knownRole ? (role as PromptRole) : "user",
      content: text,
      lines: new TextLines(text),
      ...parse(text, contract),
    };
  });
}

function parse(content: string, contract: VariableContract): Pick<LintMessage, "template" | "error"> {
  try {
    return { template: parseTemplate(content, parseOptions(contract)), error: null };
  } catch (error) {
    if (error instanceof TemplateError) return { template: null, error };
    throw error;
  }
}
