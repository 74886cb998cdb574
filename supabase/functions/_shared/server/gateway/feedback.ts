import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { errorResponse, expected, jsonResponse } from "../http/json-response.ts";
import { discardBody, parseJsonObject, readBodyText } from "../http/read-body.ts";
import { beginCall, receiptHeaders } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import { authenticate } from "./read-call.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Sets the quality score of an answered request, or replaces it: `{request_id, score 0..1, label?, comment?}`. */
export async function answerFeedback(gateway: Gateway, request: Request): Promise<Response> {
  const call = beginCall(request, "chat.completions", gateway.newRequestId());
  try {
    authenticate(call);
    const feedback = checked(parseJsonObject(await readBodyText(request)));
    const answer = await keepScore(gateway, call.keyHash as string, feedback);
    if (answer !== "ok") throw new GatewayError(answer);
    return jsonResponse({ object: "feedback", ...feedback }, 200, receiptHeaders(call));
  } catch (error) {
    await discardBody(request);
    return errorResponse(expected(error), receiptHeaders(call));
  }
}

/** An answer is written down in groups after it is given: a score that comes at once waits until it is. */
const WAITS_MS = [50, 100, 200, 400];

async function keepScore({ database }: Gateway, keyHash: string, feedback: object) {
  let answer = await database.feedback(keyHash, feedback);
  for (const wait of WAITS_MS) {
    if (answer !== "request_not_written") return answer;
    await new Promise<void>((done) => setTimeout(done, wait));
    answer = await database.feedback(keyHash, feedback);
  }
  return answer === "request_not_written" ? "request_not_found" : answer;
}

function checked(body: Record<string, unknown>) {
  const { request_id, score, label = null, comment = null } = body;
  const unknown = Object.keys(body).find(
    (name) => !["request_id", "score", "label", "comment"].includes(name),
  );
  if (unknown) throw invalid(`'${unknown.slice(0, 80)}' is not a field of feedback.`, unknown);
  if (typeof score !== "number" || !(score >= 0 && score <= 1))
    throw invalid("'score' must be a number from 0 to 1.", "score");
  if (label !== null && (typeof label !== "string" || label.length > 100)) {
    throw invalid("'label' must be a string of at most 100 characters.", "label");
  }
  if (comment !== null && (typeof comment !== "string" || comment.length > 2000)) {
    throw invalid("'comment' must be a string of at most 2000 characters.", "comment");
  }
  if (typeof request_id !== "string") throw invalid("'request_id' must be a request's id.", "request_id");
  // Not an id at all is answered like one that does not exist.
  if (!UUID.test(request_id)) throw new GatewayError("request_not_found", { param: "request_id" });
  return { request_id, score, label, comment };
}

function invalid(detail: string, param: string): GatewayError {
  return new GatewayError("invalid_request", { detail, param });
}
