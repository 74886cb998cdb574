import type { Rights } from "./authorization.ts";
import type { DatabaseBroadcast } from "./database-broadcasts.ts";
import { type Identity, isExpired } from "./identity.ts";
import type { Payload } from "./protocol.ts";

export interface ChannelOptions {
  /** Without the prefix `realtime:`. */
  readonly name: string;
  readonly joinRef: string | null;
  readonly isPrivate: boolean;
  /** Whether the sender hears its own broadcasts. */
  readonly self: boolean;
  /** Whether a broadcast is acknowledged. */
  readonly ack: boolean;
  readonly presenceKey: string;
  readonly presenceEnabled: boolean;
}

export interface ChannelPorts {
  send(event: string, payload: Payload): void;
  /** Which of these messages the identity may read now. */
  readable(identity: Identity, ids: readonly string[]): Promise<Set<string>>;
  /** The rights of the identity now. */
  rights(identity: Identity): Promise<Rights>;
  /** The client is told why, and the channel is gone. */
  expel(reason: string): void;
}

/** One client's membership of one topic. */
export class Channel {
  readonly options: ChannelOptions;
  readonly #ports: ChannelPorts;
  identity: Identity;
  rights: Rights;
  #waiting: DatabaseBroadcast[] = [];
  #delivering = false;
  #closed = false;

  constructor(options: ChannelOptions, identity: Identity, rights: Rights, ports: ChannelPorts) {
    this.options = options;
    this.identity = identity;
    this.rights = rights;
    this.#ports = ports;
  }

  send(event: string, payload: Payload): void {
    if (!this.#closed) this.#ports.send(event, payload);
  }

  close(): void {
    this.#closed = true;
  }

  /**
   * Delivers a message from the database if its row may be read at this moment. Messages that arrive while
   * the database is being asked go into the next question together, which begins after they arrived.
   */
  async deliver(message: DatabaseBroadcast): Promise<void> {
    this.#waiting.push(message);
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      while (this.#waiting.length > 0 && !this.#closed) await this.#deliverWaiting();
    } finally {
      this.#delivering = false;
    }
  }

  async #deliverWaiting(): Promise<void> {
    const messages = this.#waiting;
    this.#waiting = [];
    if (this.options.isPrivate && isExpired(this.identity)) return this.#ports.expel("Token has expired");
    const ids = messages.map(({ id }) => id);
    const readable = this.options.isPrivate ? await this.#ports.readable(this.identity, ids) : new Set(ids);
    for (const { id, event, payload } of messages) {
      if (readable.has(id)) this.send("broadcast", { type: "broadcast", event, payload, meta: { id } });
    }
    if (readable.size < messages.length) await this.recheck();
  }

  /** Asks the policies again, as after a new token; without any right to listen the channel is closed. */
  async recheck(): Promise<void> {
    if (!this.options.isPrivate || this.#closed) return;
    if (isExpired(this.identity)) return this.#ports.expel("Token has expired");
    this.rights = await this.#ports.rights(this.identity);
    if (!mayListen(this.rights)) this.#ports.expel(refusal(this.options.name));
  }
}

/** Joining needs the right to read one of the two kinds of message. */
export const mayListen = ({ broadcast, presence }: Rights): boolean => broadcast.read || presence.read;

/** The real server's words. */
export const refusal = (name: string): string =>
  `Unauthorized: You do not have permissions to read from this Channel topic: ${name}`;
