/**
 * Watches over calls that wait for a provider, with one clock for all of them: a timer per streamed chunk would
 * cost more than passing the chunk on. Finds those that fell silent, and tells the database every few seconds
 * which are alive, so that it can tell them from those of a gateway that died.
 */
export interface LiveCall {
  readonly requestId: string;
  /** `performance.now()` of the last sign of life that the clock noticed. */
  lastActivity: number;
  /** Set at every sign of life; asking the time for each of them would cost more than passing a chunk on. */
  active: boolean;
  /** Its place among those that are watched over; -1 when it is not. */
  slot: number;
  readonly silenceLimitMs: number;
  onSilence(): void;
  onClientGone(): void;
  /**
   * Called once, when the call has lasted for more than a tick: has `onClientGone` called when the client goes away.
   * Most of what is refused, and every provider that answers at once, is over before that, and listening has its
   * price: Deno makes an exception with a stack for each request that was listened to.
   */
  watchClient(): void;
  /** Called when it is over, however it ended. */
  release(): void;
  /** The log entry as it would be if the gateway died now. */
  progress(): object;
}

export interface LiveCalls {
  add(call: LiveCall): void;
  remove(call: LiveCall): void;
}

/** Together with the way to the provider a client's going away is to be noticed within 100 ms. */
const TICK_MS = 25;
const RENEW_MS = 5_000;

type Renew = (requests: { request_id: string; progress: object }[]) => Promise<void>;

/**
 * Calls keep places in an array, which their successors take over. In a Map, a Set or a list of the newest, a call that
 * is over is still held: by the table that was outgrown, by the list until the next tick. Whatever is held when
 * V8 collects young garbage is copied with all its texts, which was a tenth of the gateway's processor time.
 */
export function liveCalls(renew: Renew): LiveCalls {
  const slots: (LiveCall | null)[] = [];
  /** Of each place's call: how many ticks it has seen. */
  const ticksSeen: number[] = [];
  const vacant: number[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  let renewedAt = 0;
  let renewing = false;

  async function renewAll(): Promise<void> {
    renewing = true;
    try {
      await renew(
        slots.flatMap((call) => (call ? { request_id: call.requestId, progress: call.progress() } : [])),
      );
    } catch {
      // The database is away; the leases outlast several tries, and the calls themselves need no database.
    } finally {
      renewing = false;
    }
  }

  function look(call: LiveCall, now: number): void {
    ticksSeen[call.slot] = (ticksSeen[call.slot] as number) + 1;
    if (ticksSeen[call.slot] === 2) call.watchClient();
    if (call.active) {
      call.active = false;
      call.lastActivity = now;
    }
    if (now - call.lastActivity < call.silenceLimitMs) return;
    vacate(call);
    call.onSilence();
  }

  function tick(): void {
    const now = performance.now();
    for (const call of slots) if (call) look(call, now);
    if (vacant.length === slots.length) {
      clearInterval(timer);
      timer = undefined;
    } else if (!renewing && now - renewedAt > RENEW_MS) {
      renewedAt = now;
      void renewAll();
    }
  }

  function vacate(call: LiveCall): void {
    if (call.slot < 0) return;
    slots[call.slot] = null;
    vacant.push(call.slot);
    call.slot = -1;
  }

  return {
    add(call) {
      call.slot = vacant.pop() ?? slots.length;
      slots[call.slot] = call;
      ticksSeen[call.slot] = 0;
      if (timer !== undefined) return;
      renewedAt = performance.now();
      timer = setInterval(tick, TICK_MS);
    },
    remove(call) {
      vacate(call);
      call.release();
    },
  };
}
