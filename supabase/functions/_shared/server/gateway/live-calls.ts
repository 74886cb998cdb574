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

export function liveCalls(renew: Renew): LiveCalls {
  const calls = new Set<LiveCall>();
  let newest: LiveCall[] = [];
  let unwatched: LiveCall[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  let renewedAt = 0;
  let renewing = false;

  async function renewAll(): Promise<void> {
    renewing = true;
    try {
      await renew([...calls].map((call) => ({ request_id: call.requestId, progress: call.progress() })));
    } catch {
      // The database is away; the leases outlast several tries, and the calls themselves need no database.
    } finally {
      renewing = false;
    }
  }

  function tick(): void {
    const now = performance.now();
    for (const call of unwatched) if (calls.has(call)) call.watchClient();
    unwatched = newest;
    newest = [];
    for (const call of calls) {
      if (call.active) {
        call.active = false;
        call.lastActivity = now;
      }
      if (now - call.lastActivity < call.silenceLimitMs) continue;
      calls.delete(call);
      call.onSilence();
    }
    if (calls.size > 0 && !renewing && now - renewedAt > RENEW_MS) {
      renewedAt = now;
      void renewAll();
    }
    if (calls.size + unwatched.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  return {
    add(call) {
      calls.add(call);
      newest.push(call);
      if (timer !== undefined) return;
      renewedAt = performance.now();
      timer = setInterval(tick, TICK_MS);
    },
    remove(call) {
      calls.delete(call);
      call.release();
    },
  };
}
