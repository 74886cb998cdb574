import { assignVariant } from "../../core/ab/assign-variant.ts";
import { assignmentUnit } from "../../core/ab/assignment-unit.ts";
import { GatewayError, type GatewayErrorCode } from "../../core/errors/gateway-errors.ts";
import type { Outcome, Refusal, Resolved } from "../db/gateway-types.ts";
import type { Call } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import { outputTokens } from "./output-tokens.ts";
import { promptTextOf } from "./prompt-text.ts";
import type { ReadCall } from "./read-call.ts";

/** Asks the database, once and for all steps that need it: key, template, test, limits, credit. */
export async function resolveCall(gateway: Gateway, call: Call, read: ReadCall): Promise<void> {
  if (gateway.log.isFull()) throw new GatewayError("database_unavailable");
  const begun = performance.now();
  const {
    resolved,
    refusal,
    connections,
    admission = null,
  } = await gateway.resolve({
    key_hash: call.keyHash as string,
    ...read.selection,
    model: call.model,
    request_id: call.requestId,
    prompt_tokens: roughTokens(read.body),
    output_tokens: outputTokens(read.body),
  });
  call.timings.resolve = performance.now() - begun;
  if (resolved.organization_id === null) throw new GatewayError("invalid_api_key");
  call.resolved = resolved;
  call.connections = connections;
  call.admission = admission;
  if (resolved.outcome === "template_not_found") call.deniedTemplate = read.selection.template;
  refuseOutcome(resolved.outcome, read);
  // Without credit the organization's own providers still answer; which one it is to be is not known yet.
  if (refusal === "credit") call.creditRefused = true;
  else if (refusal) refuse(refusal, resolved);
  if (resolved.outcome === "template") serve(call, resolved);
}

function roughTokens(body: Record<string, unknown>): number {
  const { text, tokens } = promptTextOf(body);
  return Math.ceil(text.length / 4) + tokens;
}

function refuseOutcome(outcome: Outcome, read: ReadCall): void {
  if (outcome === "template") return;
  if (outcome === "untouched") {
    refuseIdleFields(read);
    return;
  }
  if (outcome === "version_not_found") {
    throw new GatewayError("template_not_found", {
      detail: "The template is there; the version is not.",
      param: "nemo_prompt_version",
    });
  }
  if (outcome === "label_not_found") {
    throw new GatewayError("template_not_found", {
      detail: "The template is there; the label is not.",
      param: "nemo_prompt_label",
    });
  }
  throw new GatewayError(outcome satisfies GatewayErrorCode);
}

/** A pin without a template would be silence: the client believes that it is served a prompt. */
function refuseIdleFields(read: ReadCall): void {
  if (read.selection.version === null && read.selection.label === null) return;
  throw new GatewayError("invalid_request", {
    detail: "A version or label is pinned, but no template is named.",
  });
}

function refuse(refusal: Exclude<Refusal, "credit">, resolved: Resolved): never {
  if (refusal === "budget_exceeded") throw new GatewayError("budget_exceeded");
  throw new GatewayError("rate_limit_exceeded", {
    detail: refusal === "concurrency" ? "Too many requests are under way at once." : undefined,
    headers: { "retry-after": String(resolved.reset_seconds ?? 1) },
  });
}

/** Which version it is: the running test's choice, else what the selection came to. */
function serve(call: Call, resolved: Resolved): void {
  const served = {
    templateId: resolved.template_id as string,
    version: resolved.version as number,
    variant: null as string | null,
    testId: null as string | null,
    testPhase: null as number | null,
  };
  if (resolved.test) {
    const { id, phase, assign_by, variants } = resolved.test;
    const unit = assignmentUnit(assign_by, {
      subject: call.fields.subject,
      clientRequestId: call.clientRequestId,
      requestId: call.requestId,
    });
    const variant = assignVariant(id, unit, variants);
    // A variant that a guardrail stopped gets the active version, and counts for no variant.
    if (!variant.stopped) {
      Object.assign(served, {
        version: variant.version,
        variant: variant.letter,
        testId: id,
        testPhase: phase,
      });
    }
  }
  call.served = served;
}
