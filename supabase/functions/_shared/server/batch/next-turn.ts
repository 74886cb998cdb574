/**
 * Calls back in the next turn of the event loop, when whatever arrived together was read. `setImmediate` is made for
 * this, but in Deno 2.1, which hosted Supabase runs, it is a timer and takes 1.1 ms; a message to oneself takes 0.01.
 */
export function nextTurn(callback: () => void): void {
  waiting.push(callback);
  if (waiting.length === 1) port().postMessage(null);
}

let waiting: (() => void)[] = [];
let sender: MessagePort | undefined;

function port(): MessagePort {
  if (!sender) {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = runAll;
    // Node would not end while somebody listens; the browser's types do not know of it.
    (port2 as { unref?: () => void }).unref?.();
    sender = port1;
  }
  return sender;
}

function runAll(): void {
  const callbacks = waiting;
  waiting = [];
  for (const callback of callbacks) callback();
}
