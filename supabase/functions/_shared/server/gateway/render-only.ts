import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { errorResponse, expected, jsonResponse } from "../http/json-response.ts";
import { discardBody } from "../http/read-body.ts";
import { record } from "./answer-call.ts";
import { beginCall, receiptHeaders } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import { authenticate, readCall } from "./read-call.ts";
import { bodyFor, renderCall } from "./render-call.ts";
import { resolveCall } from "./resolve-call.ts";

/** What would be sent, with its receipt; no provider is called and nothing is charged. */
export async function renderOnly(gateway: Gateway, request: Request, path: string): Promise<Response> {
  const call = beginCall(request, "chat.completions", gateway.newRequestId());
  const used = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
  const ending = {
    status: 200,
    errorCode: null,
    usage: used,
    usageEstimated: false,
    firstByteAt: null,
    response: null,
  };
  try {
    authenticate(call);
    const read = await readCall(call, "{}");
    read.selection.template = templateInPath(path);
    await resolveCall(gateway, call, read);
    const outgoing = await renderCall(gateway, call, read);
    record(gateway, call, ending);
    const sent = JSON.parse(bodyFor(outgoing, outgoing.targets[0]?.model ?? null));
    return jsonResponse(
      { object: "prompt.render", messages: sent.messages, request: sent },
      200,
      receiptHeaders(call),
    );
  } catch (thrown) {
    await discardBody(request);
    const error = expected(thrown);
    record(gateway, call, { ...ending, status: error.status, errorCode: error.code });
    return errorResponse(error, receiptHeaders(call));
  }
}

function templateInPath(path: string): string {
  try {
    return decodeURIComponent(path.split("/")[2] as string);
  } catch {
    throw new GatewayError("template_not_found");
  }
}
