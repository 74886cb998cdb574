import type { Channel } from "./channel.ts";
import type { DatabaseBroadcast } from "./database-broadcasts.ts";
import { Presence, type PresenceDiff } from "./presence.ts";
import type { Payload } from "./protocol.ts";

interface Topic {
  readonly channels: Set<Channel>;
  readonly presence: Presence;
}

/** Who listens to what. A private and a public topic of the same name have nothing to do with each other. */
export class Hub {
  readonly #topics = new Map<string, Topic>();

  join(channel: Channel): void {
    this.#topicOf(channel).channels.add(channel);
  }

  leave(channel: Channel): void {
    const key = keyOf(channel.options.name, channel.options.isPrivate);
    const topic = this.#topics.get(key);
    if (!topic?.channels.delete(channel)) return;
    this.#tell(topic, topic.presence.untrack(channel));
    if (topic.channels.size === 0) this.#topics.delete(key);
  }

  track(channel: Channel, payload: Payload): void {
    const topic = this.#topicOf(channel);
    this.#tell(topic, topic.presence.track(channel, channel.options.presenceKey, payload));
  }

  untrack(channel: Channel): void {
    const topic = this.#topicOf(channel);
    this.#tell(topic, topic.presence.untrack(channel));
  }

  sendPresenceState(channel: Channel): void {
    if (seesPresence(channel)) channel.send("presence_state", this.#topicOf(channel).presence.state());
  }

  /** A broadcast from the database: each listener's right to it is checked on delivery. */
  fromDatabase(message: DatabaseBroadcast): void {
    for (const channel of this.#listeners(message.topic, message.private)) {
      channel.deliver(message).catch(() => {}); // The database is gone, and with it this server soon.
    }
  }

  /** A broadcast from a client: listeners on private topics have their rights confirmed first. */
  async fromClient(name: string, isPrivate: boolean, payload: Payload, sender?: Channel): Promise<void> {
    await Promise.all(
      [...this.#listeners(name, isPrivate)].map(async (channel) => {
        if (channel === sender && !channel.options.self) return;
        if (channel !== sender) await channel.recheck();
        if (channel.rights.broadcast.read) channel.send("broadcast", payload);
      }),
    );
  }

  channels(): Channel[] {
    return [...this.#topics.values()].flatMap(({ channels }) => [...channels]);
  }

  #listeners(name: string, isPrivate: boolean): Iterable<Channel> {
    return this.#topics.get(keyOf(name, isPrivate))?.channels ?? [];
  }

  #topicOf({ options }: Channel): Topic {
    const key = keyOf(options.name, options.isPrivate);
    let topic = this.#topics.get(key);
    if (!topic) {
      topic = { channels: new Set(), presence: new Presence() };
      this.#topics.set(key, topic);
    }
    return topic;
  }

  #tell(topic: Topic, diff: PresenceDiff | undefined): void {
    if (!diff) return;
    for (const channel of topic.channels) {
      if (seesPresence(channel)) channel.send("presence_diff", { ...diff });
    }
  }
}

const keyOf = (name: string, isPrivate: boolean): string => `${isPrivate ? "private" : "public"}:${name}`;
const seesPresence = ({ options, rights }: Channel): boolean =>
  options.presenceEnabled && rights.presence.read;
