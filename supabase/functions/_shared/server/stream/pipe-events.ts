import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { chunkReader } from "./chunk-reader.ts";
import { watchEvents } from "./event-watcher.ts";
import type { Usage } from "./usage.ts";

/** How a stream ended, told once when it is over. */
export interface StreamEnd {
  outcome: "complete" | "client_gone" | "upstream_aborted";
  usage: Usage | null;
  /** More of the answer came after that usage was told. */
  outdated: boolean;
  /** When the first byte was passed on, as `performance.now()`; null when there was none. */
  firstByteAt: number | null;
  /** The provider's bytes as they came, up to `keepBytes`: enough to estimate a usage or to log the answer. */
  kept: Uint8Array[];
  /** All bytes the provider sent, those not kept included. */
  bytes: number;
}

export interface PipeOptions {
  /** True when the gateway, and not the client, asked for the usage chunk. */
  removeUsageChunk: boolean;
  keepBytes: number;
  /** Called at every chunk, so that a watchdog can tell a slow stream from a dead one. */
  onActivity: () => void;
  /** Called once. */
  onEnd: (end: StreamEnd) => void;
}

export interface EventPipe {
  body: ReadableStream<Uint8Array>;
  /** Ends the stream as if the provider had died: what a watchdog does with one that went silent. */
  giveUp(): void;
  /** Ends it because the client went away; not every runtime cancels `body` before the next chunk. */
  leave(): Promise<void>;
}

const encoder = new TextEncoder();

/**
 * Hands a provider's event stream to the client chunk by chunk, as fast as the client takes it: nothing is
 * read ahead (`highWaterMark: 0`), so a slow client slows the provider down instead of filling memory. A
 * client that goes away cancels the provider's stream at once.
 */
export function pipeEvents(upstream: ReadableStream<Uint8Array>, options: PipeOptions): EventPipe {
  const reader = chunkReader(upstream);
  const watcher = watchEvents({ removeUsageChunk: options.removeUsageChunk });
  const kept: Uint8Array[] = [];
  let bytes = 0;
  let firstByteAt: number | null = null;
  let over = false;
  let client: ReadableStreamDefaultController<Uint8Array> | undefined;

  function end(outcome: StreamEnd["outcome"]): void {
    over = true;
    const { usage, outdated } = watcher;
    options.onEnd({ outcome, usage, outdated, firstByteAt, kept, bytes });
  }

  function finish(): void {
    const rest = watcher.rest();
    const { ending } = watcher;
    if (ending === "open") {
      fail();
      return;
    }
    if (rest) client?.enqueue(rest);
    client?.close();
    // The provider's own event has told the client that it failed.
    end(ending === "failed" ? "upstream_aborted" : "complete");
  }

  function fail(): void {
    if (over) return;
    client?.enqueue(
      encoder.encode(`data: ${JSON.stringify(new GatewayError("upstream_aborted").toBody())}\n\n`),
    );
    client?.close();
    end("upstream_aborted");
  }

  async function leave(): Promise<void> {
    if (over) return;
    end("client_gone");
    await reader.cancel().catch(() => {});
  }

  // Written with `then` and not as an async function: this is the one thing that is done for every chunk.
  const readOn = (): Promise<void> => reader.read().then(passOn, fail);

  function passOn({ done, value }: ReadableStreamReadResult<Uint8Array>): Promise<void> | void {
    if (over) return;
    if (done) return finish();
    options.onActivity();
    if (bytes < options.keepBytes) kept.push(value);
    bytes += value.length;
    const passed = watcher.pass(value);
    if (passed === null) return readOn();
    firstByteAt ??= performance.now();
    client?.enqueue(passed);
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        client = controller;
      },
      pull: readOn,
      cancel: leave,
    },
    { highWaterMark: 0 },
  );

  return {
    body,
    leave,
    giveUp() {
      if (over) return;
      fail();
      reader.cancel().catch(() => {});
    },
  };
}
