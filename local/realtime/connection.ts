import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import { EVERYTHING, type Rights } from "./authorization.ts";
import { Channel, type ChannelPorts, mayListen, refusal } from "./channel.ts";
import type { Hub } from "./hub.ts";
import type { Identify, Identity } from "./identity.ts";
import { decodeFrame, encodeFrame, type Frame, type Payload, type Version } from "./protocol.ts";

export interface ConnectionContext {
  readonly hub: Hub;
  readonly identify: Identify;
  rights(topic: string, identity: Identity): Promise<Rights>;
  readable(topic: string, identity: Identity, ids: readonly string[]): Promise<Set<string>>;
}

const PREFIX = "realtime:";
const asObject = (value: unknown): Payload => (typeof value === "object" && value ? (value as Payload) : {});

/** One client's socket and the channels it has joined. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #version: Version;
  readonly #keyIdentity: Identity;
  readonly #context: ConnectionContext;
  readonly #channels = new Map<string, Channel>();
  #work: Promise<void> = Promise.resolve();
  lastSeen = Date.now();

  constructor(socket: WebSocket, version: Version, keyIdentity: Identity, context: ConnectionContext) {
    this.#socket = socket;
    this.#version = version;
    this.#keyIdentity = keyIdentity;
    this.#context = context;
    socket.on("message", (data, binary) => {
      this.lastSeen = Date.now();
      const frame = decodeFrame(data as Buffer, binary);
      // One after the other: a broadcast must not overtake the join before it.
      if (frame) this.#work = this.#work.then(() => this.#handle(frame)).catch(() => this.#fail(frame));
    });
    socket.on("close", () => {
      for (const topic of [...this.#channels.keys()]) this.#remove(topic);
    });
    socket.on("error", () => {});
  }

  terminate(): void {
    this.#socket.terminate();
  }

  async #handle(frame: Frame): Promise<void> {
    if (frame.topic === "phoenix") {
      if (frame.event === "heartbeat") this.#reply(frame, "ok", {});
      return;
    }
    if (frame.event === "phx_join") return await this.#join(frame);
    const channel = this.#channels.get(frame.topic);
    if (!channel) return this.#reply(frame, "error", { reason: "unmatched topic" });
    switch (frame.event) {
      case "phx_leave":
        this.#remove(frame.topic);
        this.#reply(frame, "ok", {});
        this.#send({ ...frame, ref: frame.joinRef, event: "phx_close", payload: {} });
        return;
      case "access_token":
        return await this.#renew(channel, frame.payload.access_token);
      case "broadcast":
        return await this.#broadcast(channel, frame);
      case "presence":
        return this.#presence(channel, frame);
      default:
        this.#reply(frame, "error", { reason: `unknown event ${frame.event}` });
    }
  }

  async #join(frame: Frame): Promise<void> {
    if (!frame.topic.startsWith(PREFIX) || frame.topic.length === PREFIX.length) {
      return this.#reply(frame, "error", {
        reason: "The topic has to begin with realtime: and name a channel.",
      });
    }
    this.#remove(frame.topic); // A client that joins again has forgotten the first time.
    const config = asObject(frame.payload.config);
    const [broadcast, presence] = [asObject(config.broadcast), asObject(config.presence)];
    const name = frame.topic.slice(PREFIX.length);
    const isPrivate = config.private === true;
    const identity = await this.#identify(frame.payload.access_token);
    if (!identity)
      return this.#reply(frame, "error", { reason: "InvalidJWTToken: Token is invalid or has expired" });
    const rights = isPrivate ? await this.#context.rights(name, identity) : EVERYTHING;
    if (!mayListen(rights)) return this.#reply(frame, "error", { reason: refusal(name) });
    const options = {
      name,
      joinRef: frame.joinRef,
      isPrivate,
      self: broadcast.self === true,
      ack: broadcast.ack === true,
      presenceKey: String(presence.key || randomUUID()),
      presenceEnabled: presence.enabled !== false,
    };
    const channel = new Channel(options, identity, rights, this.#ports(frame.topic, options));
    this.#channels.set(frame.topic, channel);
    this.#context.hub.join(channel);
    const asked = Array.isArray(config.postgres_changes) ? config.postgres_changes : [];
    this.#reply(frame, "ok", { postgres_changes: asked.map((entry, id) => ({ ...asObject(entry), id })) });
    if (asked.length > 0) channel.send("system", noPostgresChanges(name));
    this.#context.hub.sendPresenceState(channel);
  }

  #ports(topic: string, { name, joinRef }: { name: string; joinRef: string | null }): ChannelPorts {
    return {
      send: (event, payload) => this.#send({ joinRef: null, ref: null, topic, event, payload }),
      readable: (identity, ids) => this.#context.readable(name, identity, ids),
      rights: (identity) => this.#context.rights(name, identity),
      expel: (message) => {
        const payload = { extension: "system", status: "error", message, channel: name };
        this.#send({ joinRef, ref: null, topic, event: "system", payload });
        this.#send({ joinRef, ref: joinRef, topic, event: "phx_close", payload: {} });
        this.#remove(topic);
      },
    };
  }

  /** API keys are no tokens: with one of them, as with none, the role is that of the connection. */
  async #identify(token: unknown): Promise<Identity | undefined> {
    if (typeof token !== "string" || token === "" || token.startsWith("sb_")) return this.#keyIdentity;
    return await this.#context.identify.token(token);
  }

  async #renew(channel: Channel, token: unknown): Promise<void> {
    if (typeof token !== "string" || token === "" || token.startsWith("sb_")) return;
    const identity = await this.#context.identify.token(token);
    // A token that is not valid replaces one that was, with a moment in the past: it can do nothing.
    channel.identity = identity ?? { ...channel.identity, expiresAt: 0 };
    await channel.recheck();
  }

  async #broadcast(channel: Channel, frame: Frame): Promise<void> {
    await channel.recheck();
    const allowed = channel.rights.broadcast.write;
    const { name, isPrivate, ack } = channel.options;
    if (allowed) await this.#context.hub.fromClient(name, isPrivate, frame.payload, channel);
    // As the real server: what may not be sent is dropped without a word.
    if (ack && allowed) this.#reply(frame, "ok", {});
  }

  #presence(channel: Channel, frame: Frame): void {
    const { hub } = this.#context;
    if (!channel.rights.presence.write) {
      this.#reply(frame, "error", { reason: refusal(channel.options.name) });
      return;
    }
    if (frame.payload.event === "track") hub.track(channel, asObject(frame.payload.payload));
    else if (frame.payload.event === "untrack") hub.untrack(channel);
    this.#reply(frame, "ok", {});
  }

  #remove(topic: string): void {
    const channel = this.#channels.get(topic);
    if (!channel) return;
    this.#channels.delete(topic);
    channel.close();
    this.#context.hub.leave(channel);
  }

  #fail(frame: Frame): void {
    this.#reply(frame, "error", { reason: "UnknownErrorOnChannel: The database did not answer." });
  }

  #reply(frame: Frame, status: "ok" | "error", response: Payload): void {
    this.#send({ ...frame, event: "phx_reply", payload: { status, response } });
  }

  #send(frame: Frame): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(encodeFrame(frame, this.#version));
  }
}

const noPostgresChanges = (channel: string): Payload => ({
  extension: "postgres_changes",
  status: "error",
  message: "The local stack has broadcast and presence only; use broadcast from the database.",
  channel,
});
