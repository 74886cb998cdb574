import { hash } from "node:crypto";
import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { parseJsonObject, readBodyText } from "../http/read-body.ts";
import type { Call } from "./call.ts";
import { isAmbiguous, withoutNemoFields } from "./merge-body.ts";
import { takeNemoFields } from "./nemo-fields.ts";
import { isNemoModel, type Selection, selectNothing, selectTemplate } from "./select-template.ts";

/** A request's body, read and split into what is the provider's and what is ours. */
export interface ReadCall {
  /** Parsed, without anything of ours. */
  body: Record<string, unknown>;
  /** What the client sent. */
  text: string;
  /** The same without anything of ours; to the byte what the client wrote, if there was nothing. Made when asked for. */
  untouchedText(): string;
  selection: Selection;
}

/** The hash by which the database knows the key. Throws `invalid_api_key` when there is none to hash. */
export function authenticate(call: Call): void {
  const key = /^Bearer +(nemo_sk_[A-Za-z0-9_-]{1,200})$/i.exec(
    call.request.headers.get("authorization")?.trim() ?? "",
  );
  if (!key) throw new GatewayError("invalid_api_key");
  call.keyHash = hash("sha256", key[1] as string, "hex");
  call.timings.auth = performance.now() - call.startedAt;
}

/** @param empty what a body of nothing means; without it, such a body is refused */
export async function readCall(call: Call, empty = ""): Promise<ReadCall> {
  const text = (await readBodyText(call.request)) || empty;
  const body = parseJsonObject(text);
  const { fields, changed } = takeNemoFields(body);
  call.fields = fields;
  call.receivedBody = text;
  const selection =
    call.endpoint === "embeddings"
      ? selectNothing(fields, body.model)
      : selectTemplate(fields, call.request.headers.get("x-nemo-prompt-template-id"), body.model);
  if (typeof body.model === "string" && !isNemoModel(body.model))
    call.model = call.clientModel = checkedModel(body.model);
  const untouchedText = () => (changed || isAmbiguous(text) ? withoutNemoFields(text) : text);
  return { body, text, untouchedText, selection };
}

/** The database looks up what a model costs: nobody's longest name is to hold up the look-ups of others. */
const LONGEST_MODEL = 512;

function checkedModel(model: string): string {
  if (model.length <= LONGEST_MODEL) return model;
  throw new GatewayError("invalid_request", {
    detail: `A model's name has at most ${LONGEST_MODEL} characters.`,
    param: "model",
  });
}
