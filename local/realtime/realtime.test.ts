import { randomUUID } from "node:crypto";
import type { RealtimeChannel } from "@supabase/supabase-js";
import { createClient } from "@supabase/supabase-js";
import { decodeJwt } from "jose";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Client, type Person, useStack } from "../../tests/support/stack.ts";

const stack = useStack();

/** Resolves with the channel's first final state, as the application would see it. */
function subscribed(channel: RealtimeChannel): Promise<{ status: string; message: string }> {
  return new Promise((resolve) => {
    channel.subscribe((status, error) => resolve({ status, message: error?.message ?? "" }));
  });
}

async function listen(
  client: Client,
  topic: string,
): Promise<{ status: string; heard: unknown[]; message: string }> {
  await client.realtime.setAuth();
  const heard: unknown[] = [];
  const channel = client.channel(topic, { config: { private: true } });
  channel.on("broadcast", { event: "*" }, (message) => heard.push(message));
  return { ...(await subscribed(channel)), heard };
}

/** Speaks the protocol without supabase-js. */
async function rawSocket(
  query: string,
): Promise<{ send(text: string): void; next(): Promise<string>; close(): void }> {
  const socket = new WebSocket(`${stack.url.replace("http", "ws")}/realtime/v1/websocket?${query}`);
  const waiting: string[] = [];
  let wake = () => {};
  socket.on("message", (data) => {
    waiting.push(String(data));
    wake();
  });
  await new Promise<void>((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    send: (text) => socket.send(text),
    next: async () => {
      while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return waiting.shift() as string;
    },
    close: () => socket.close(),
  };
}

describe("realtime with an unmodified supabase-js", () => {
  let admin: Sql;
  let owner: Person;
  let topic: string;
  const clients: Client[] = [];
  const send = (to: string, event: string, payload: Record<string, string>, isPrivate = true) =>
    admin`select realtime.send(${admin.json(payload)}, ${event}, ${to}, ${isPrivate})`;

  beforeAll(async () => {
    admin = postgres(stack.adminDbUrl, { max: 2 });
    owner = await stack.signUp();
    topic = `org:${owner.organizationId}`;
    clients.push(owner.client);
  });
  afterAll(async () => {
    for (const client of clients) client.realtime.disconnect();
    await admin.end();
  });

  /** Somebody who is a member of the owner's organization. */
  async function member(): Promise<Person> {
    const person = await stack.signUp();
    clients.push(person.client);
    await admin`insert into nemo.memberships (organization_id, user_id, role)
                values (${owner.organizationId}, ${person.userId}, 'member')`;
    return person;
  }

  test("a member hears what the database broadcasts to their organization, in the order of commits", async () => {
    const { client } = await member();
    const { status, heard } = await listen(client, topic);
    expect(status).toBe("SUBSCRIBED");
    const mark = randomUUID();
    await send(topic, "first.event", { mark, n: "1" });
    await send(topic, "second.event", { mark, n: "2" });
    await expect.poll(() => heard.length).toBe(2);
    expect(heard).toMatchObject([
      {
        type: "broadcast",
        event: "first.event",
        payload: { mark, n: "1" },
        meta: { id: expect.any(String) },
      },
      { type: "broadcast", event: "second.event", payload: { mark, n: "2" } },
    ]);
  });

  test("a stranger is refused, and the refusal says which channel", async () => {
    const stranger = await stack.signUp();
    clients.push(stranger.client);
    const { status, message } = await listen(stranger.client, topic);
    expect(status).toBe("CHANNEL_ERROR");
    expect(message).toContain(`You do not have permissions to read from this Channel topic: ${topic}`);
  });

  test("without a session a private channel is refused", async () => {
    const anonymous = stack.anonymous();
    clients.push(anonymous);
    expect((await listen(anonymous, topic)).status).toBe("CHANNEL_ERROR");
  });

  test("a transaction that is rolled back is never heard of", async () => {
    const { client } = await member();
    const { heard } = await listen(client, topic);
    const undone = admin.begin(async (tx) => {
      await tx`select realtime.send('{"undone": true}'::jsonb, 'undone.event', ${topic}, true)`;
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await send(topic, "done.event", {});
    await expect.poll(() => heard).toMatchObject([{ event: "done.event" }]);
  });

  test("a removed member's open channel hears nothing more, and is closed", async () => {
    const { client, userId } = await member();
    const witness = await listen((await member()).client, topic);
    const states: string[] = [];
    await client.realtime.setAuth();
    const heard: unknown[] = [];
    const channel = client.channel(topic, { config: { private: true } });
    channel.on("broadcast", { event: "*" }, (message) => heard.push(message));
    await new Promise<void>((resolve) => {
      channel.subscribe((status) => {
        states.push(status);
        if (status === "SUBSCRIBED") resolve();
      });
    });
    await admin`delete from nemo.memberships
                where organization_id = ${owner.organizationId} and user_id = ${userId}`;
    await send(topic, "secret.event", {});
    await expect.poll(() => witness.heard.length).toBeGreaterThan(0);
    await expect.poll(() => states.at(-1)).toBe("CLOSED");
    expect(heard).toEqual([]);
  });

  test("a session's token, and with it every channel, ends after a quarter of an hour unless it is renewed", () => {
    const { iat, exp } = decodeJwt(owner.accessToken);
    expect(Number(exp) - Number(iat)).toBe(900);
  });

  test("members may not broadcast to the organization themselves", async () => {
    const [speaker, listener] = [await member(), await member()];
    const { heard } = await listen(listener.client, topic);
    const channel = speaker.client.channel(topic, { config: { private: true } });
    await speaker.client.realtime.setAuth();
    await subscribed(channel);
    await channel.send({ type: "broadcast", event: "forged.event", payload: {} });
    await send(topic, "true.event", {});
    await expect.poll(() => heard).toMatchObject([{ event: "true.event" }]);
  });

  test("members see who else is there, and who has left", async () => {
    const [first, second] = [await member(), await member()];
    const channels = await Promise.all(
      [first, second].map(async ({ client, userId }) => {
        await client.realtime.setAuth();
        const channel = client.channel(topic, { config: { private: true, presence: { key: userId } } });
        channel.on("presence", { event: "sync" }, () => {});
        await subscribed(channel);
        await channel.track({ template: "support-agent" });
        return channel;
      }),
    );
    const [ours, theirs] = channels as [RealtimeChannel, RealtimeChannel];
    await expect
      .poll(() => Object.keys(ours.presenceState()))
      .toEqual(expect.arrayContaining([first.userId, second.userId]));
    expect(ours.presenceState()[second.userId]).toMatchObject([{ template: "support-agent" }]);
    await second.client.removeChannel(theirs);
    await expect.poll(() => Object.keys(ours.presenceState())).not.toContain(second.userId);
  });

  test("a public channel carries clients' broadcasts, texts and bytes, but none of a private one", async () => {
    const name = `open-${randomUUID()}`;
    const [speaker, listener] = [stack.anonymous(), stack.anonymous()];
    clients.push(speaker, listener);
    const heard: { event: string; payload: unknown }[] = [];
    const ears = listener
      .channel(name)
      .on("broadcast", { event: "*" }, (message) => heard.push(message as never));
    await subscribed(ears);
    const mouth = speaker.channel(name, { config: { broadcast: { ack: true } } });
    await subscribed(mouth);
    expect(await mouth.send({ type: "broadcast", event: "text", payload: { hello: "wörld" } })).toBe("ok");
    const bytes = new Uint8Array([0, 255, 7]).buffer;
    expect(await mouth.send({ type: "broadcast", event: "bytes", payload: bytes })).toBe("ok");
    await send(name, "private.event", {}, true);
    await send(name, "public.event", {}, false);
    await expect.poll(() => heard.map(({ event }) => event)).toEqual(["text", "bytes", "public.event"]);
    expect(heard[0]?.payload).toEqual({ hello: "wörld" });
    expect(new Uint8Array(heard[1]?.payload as ArrayBuffer)).toEqual(new Uint8Array([0, 255, 7]));
  });

  test("a broadcast can be sent by a plain request, by those who may", async () => {
    const { client } = await member();
    const { heard } = await listen(client, topic);
    const post = (key: string, token?: string) =>
      fetch(
        `${stack.url}/realtime/v1/api/broadcast/${encodeURIComponent(topic)}/events/posted.event?private=true`,
        {
          method: "POST",
          headers: {
            apikey: key,
            "content-type": "application/json",
            ...(token && { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ by: key.slice(0, 9) }),
        },
      );
    expect((await post("sb_publishable_wrong")).status).toBe(401);
    expect((await post(stack.publishableKey, owner.accessToken)).status).toBe(403);
    expect((await post(stack.secretKey)).status).toBe(202);
    await expect.poll(() => heard).toMatchObject([{ event: "posted.event", payload: { by: "sb_secret" } }]);
  });

  test("an expired or forged token opens no channel", async () => {
    const client = createClient(stack.url, stack.publishableKey, {
      accessToken: async () => "eyJhbGciOiJIUzI1NiJ9.e30.x",
    });
    clients.push(client as unknown as Client);
    const channel = client.channel(topic, { config: { private: true } });
    expect((await subscribed(channel)).status).toBe("CHANNEL_ERROR");
  });

  test("a wrong key opens no socket", async () => {
    await expect(rawSocket("apikey=sb_publishable_wrong&vsn=2.0.0")).rejects.toThrow("401");
  });

  test("both versions of the protocol answer a heartbeat and a join", async () => {
    const one = await rawSocket(`apikey=${stack.publishableKey}&vsn=1.0.0`);
    one.send(JSON.stringify({ topic: "phoenix", event: "heartbeat", payload: {}, ref: "5" }));
    expect(JSON.parse(await one.next())).toMatchObject({
      topic: "phoenix",
      event: "phx_reply",
      ref: "5",
      payload: { status: "ok", response: {} },
    });
    const two = await rawSocket(`apikey=${stack.publishableKey}&vsn=2.0.0`);
    two.send(JSON.stringify([null, "5", "phoenix", "heartbeat", {}]));
    expect(JSON.parse(await two.next())).toEqual([
      null,
      "5",
      "phoenix",
      "phx_reply",
      { status: "ok", response: {} },
    ]);
    two.send(JSON.stringify(["1", "6", "realtime:open", "phx_join", { config: { private: false } }]));
    expect(JSON.parse(await two.next())).toEqual([
      "1",
      "6",
      "realtime:open",
      "phx_reply",
      { status: "ok", response: { postgres_changes: [] } },
    ]);
    one.close();
    two.close();
  });

  test("a frame that is none is ignored and the next one answered", async () => {
    const socket = await rawSocket(`apikey=${stack.publishableKey}&vsn=2.0.0`);
    socket.send("{nonsense");
    socket.send('"text"');
    socket.send(JSON.stringify([null, "7", "phoenix", "heartbeat", {}]));
    expect(JSON.parse(await socket.next())[1]).toBe("7");
    socket.close();
  });
});
