import { randomBytes } from "node:crypto";
import type { Payload } from "./protocol.ts";

/** What one channel shows of itself. */
export type Meta = Payload & { readonly phx_ref: string };
/** Presence key → what everybody under that key shows. */
export type PresenceState = Record<string, { metas: Meta[] }>;

export interface PresenceDiff {
  readonly joins: PresenceState;
  readonly leaves: PresenceState;
}

/** Who is on one topic. The owner of an entry is any object that stands for its channel. */
export class Presence {
  readonly #entries = new Map<object, { key: string; meta: Meta }>();

  /** Shows, or shows anew, what `owner` says of itself. */
  track(owner: object, key: string, payload: Payload): PresenceDiff {
    const leaves = this.#stateOf(owner);
    this.#entries.set(owner, { key, meta: { ...payload, phx_ref: randomBytes(9).toString("base64url") } });
    return { joins: this.#stateOf(owner), leaves };
  }

  /** Undefined if there was nothing to take away. */
  untrack(owner: object): PresenceDiff | undefined {
    const leaves = this.#stateOf(owner);
    return this.#entries.delete(owner) ? { joins: {}, leaves } : undefined;
  }

  state(): PresenceState {
    const state: PresenceState = {};
    for (const { key, meta } of this.#entries.values()) {
      state[key] ??= { metas: [] };
      state[key].metas.push(meta);
    }
    return state;
  }

  #stateOf(owner: object): PresenceState {
    const entry = this.#entries.get(owner);
    return entry ? { [entry.key]: { metas: [entry.meta] } } : {};
  }
}
