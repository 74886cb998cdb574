import { GatewayError } from "../../core/errors/gateway-errors.ts";
import type { NemoFields } from "./nemo-fields.ts";

/** Which template and which of its versions a request asks for. All null: the key's default template, if any. */
export interface Selection {
  /** Id (`tpl_…`) or name; null leaves the choice to the key. */
  template: string | null;
  /** A pinned version switches A/B assignment off, and so does a pinned label. */
  version: number | null;
  label: string | null;
  /** Whether the key's default template stands in when none is named. */
  use_default: boolean;
}

/** `nemo` and `nemo/<name>` are not models: the version's own model is taken in their place. */
export function isNemoModel(model: unknown): model is string {
  return model === "nemo" || (typeof model === "string" && model.startsWith("nemo/"));
}

/**
 * First match wins: the body's field, the header, the model name, and then (in the database, which knows the
 * key) the key's default template. Pins in fields go with whichever of them named the template; the pin inside
 * a model name counts only when that name is what selected the template.
 */
export function selectTemplate(fields: NemoFields, header: string | null, model: unknown): Selection {
  const pins = { version: fields.version ?? null, label: fields.label ?? null, use_default: true };
  const named = fields.templateId ?? (header?.trim() || null);
  if (named !== null) return { template: checked(named), ...pins };
  if (typeof model !== "string" || !model.startsWith("nemo/")) return { template: null, ...pins };
  const selected = parseNemoModel(model);
  return pins.version !== null || pins.label !== null ? { ...selected, ...pins } : selected;
}

/** `nemo/support-agent`, `nemo/support-agent@staging` (a label), `nemo/support-agent@v3` (a version). */
function parseNemoModel(model: string): Selection {
  const reference = model.slice("nemo/".length);
  const at = reference.indexOf("@");
  const template = checked(at === -1 ? reference : reference.slice(0, at));
  const unpinned = { template, version: null, label: null, use_default: true };
  if (at === -1) return unpinned;
  const pin = reference.slice(at + 1);
  const version = /^v([1-9][0-9]{0,8})$/.exec(pin);
  if (version) return { ...unpinned, version: Number(version[1]) };
  if (pin === "")
    throw new GatewayError("invalid_request", { detail: "Nothing follows the '@'.", param: "model" });
  return { ...unpinned, label: checked(pin) };
}

/**
 * For calls that have no messages and so no template, which are embeddings. One that is named all the same is
 * refused; the header, which a client may send with every call, and the key's default are passed over.
 */
export function selectNothing(fields: NemoFields, model: unknown): Selection {
  const asked = fields.templateId ?? fields.version ?? fields.label;
  if (asked !== undefined || isNemoModel(model)) {
    throw new GatewayError("invalid_request", {
      detail: "Embeddings take no prompt template: name a model and nothing else.",
      param: asked === undefined ? "model" : "nemo_prompt_template_id",
    });
  }
  return { template: null, version: null, label: null, use_default: false };
}

/** A name too long to be one is answered like any other unknown name, without troubling the database. */
function checked(name: string): string {
  if (name === "" || name.length > 512 || name.includes("\u0000"))
    throw new GatewayError("template_not_found");
  return name;
}
