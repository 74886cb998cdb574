import { GatewayError } from "../../core/errors/gateway-errors.ts";

/** What a client may say to Nemo inside an OpenAI request body. Every field is optional. */
export interface NemoFields {
  templateId?: string;
  version?: number;
  label?: string;
  variables?: Record<string, unknown>;
  subject?: string;
}

type Body = Record<string, unknown>;

/** Everything of ours in a request's body begins so. */
export const PREFIX = "nemo_";

const readers: Record<string, (value: unknown, fields: NemoFields) => boolean> = {
  nemo_prompt_template_id: (value, fields) => isText(value) && set(fields, "templateId", value),
  nemo_prompt_version: (value, fields) =>
    Number.isInteger(value) &&
    (value as number) > 0 &&
    (value as number) <= 2 ** 31 - 1 &&
    set(fields, "version", value),
  nemo_prompt_label: (value, fields) => isText(value) && set(fields, "label", value),
  nemo_prompt_variables: (value, fields) => isPlainObject(value) && set(fields, "variables", value),
  nemo_prompt_subject: (value, fields) => isText(value) && set(fields, "subject", value),
};

const SHAPES: Record<string, string> = {
  nemo_prompt_template_id: "a template's id or name",
  nemo_prompt_version: "a version number",
  nemo_prompt_label: "a label's name",
  nemo_prompt_variables: "an object",
  nemo_prompt_subject: "a string that names the user or session",
};

/**
 * Takes everything that starts with `nemo_` out of the body: known fields are returned, unknown ones at the
 * top level are refused (a misspelt field must not be silence), keys of `metadata` are simply removed. The
 * body itself is changed; `changed` tells whether there was anything to take. A `null` counts as not given.
 */
export function takeNemoFields(body: Body): { fields: NemoFields; changed: boolean } {
  const fields: NemoFields = {};
  let changed = false;
  for (const name of Object.keys(body)) {
    if (!name.startsWith(PREFIX)) continue;
    readField(name, body[name], fields);
    delete body[name];
    changed = true;
  }
  if (fields.version !== undefined && fields.label !== undefined) {
    throw new GatewayError("invalid_request", {
      detail: "Give nemo_prompt_version or nemo_prompt_label, not both.",
      param: "nemo_prompt_label",
    });
  }
  return { fields, changed: stripMetadata(body) || changed };
}

function readField(name: string, value: unknown, fields: NemoFields): void {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (!read)
    throw new GatewayError("unknown_nemo_field", {
      detail: `'${name.slice(0, 80)}' is not one.`,
      param: name,
    });
  if (value === null) return;
  if (!read(value, fields)) {
    throw new GatewayError("invalid_request", { detail: `'${name}' must be ${SHAPES[name]}.`, param: name });
  }
}

function stripMetadata(body: Body): boolean {
  if (!isPlainObject(body.metadata)) return false;
  const ours = Object.keys(body.metadata).filter((key) => key.startsWith(PREFIX));
  for (const key of ours) delete body.metadata[key];
  return ours.length > 0;
}

function set<K extends keyof NemoFields>(fields: NemoFields, key: K, value: unknown): true {
  fields[key] = value as NemoFields[K];
  return true;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= 512 && !value.includes("\u0000");
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
