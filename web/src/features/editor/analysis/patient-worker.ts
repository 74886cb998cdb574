/** What a worker says: that it begins with a question, then the answer or why there is none. */
export type FromWorker<Done> = { id: number; begun?: true; done?: Done; failure?: string };

/** Without either, the worker was ended: it took too long. */
export type WorkerAnswer<Done> = Pick<FromWorker<Done>, "done" | "failure">;

/**
 * A worker that is ended, and begun again for the next question, when it is at one for too long. What it fetches
 * before it begins takes as long as the connection makes it, and does not count.
 */
export class PatientWorker<Question, Done> {
  private worker: Worker | undefined;
  private last = 0;
  private readonly waiting = new Map<number, (answer: WorkerAnswer<Done>) => void>();
  private readonly begun = new Set<number>();
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  private readonly start: () => Worker;
  private readonly patienceMs: number;

  constructor(start: () => Worker, patienceMs: number) {
    this.start = start;
    this.patienceMs = patienceMs;
  }

  ask(question: Question, tell: (answer: WorkerAnswer<Done>) => void) {
    this.worker ??= this.listenTo(this.start());
    this.last += 1;
    this.waiting.set(this.last, tell);
    this.worker.postMessage({ id: this.last, input: question });
  }

  end() {
    clearTimeout(this.watchdog);
    this.worker?.terminate();
    this.worker = undefined;
    this.begun.clear();
    this.waiting.clear();
  }

  private listenTo(worker: Worker): Worker {
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker<Done>>) => {
      if (data.begun) this.begun.add(data.id);
      else this.begun.delete(data.id);
      clearTimeout(this.watchdog);
      if (this.begun.size > 0) this.watchdog = setTimeout(() => this.giveUp(), this.patienceMs);
      if (data.begun) return;
      this.waiting.get(data.id)?.(data);
      this.waiting.delete(data.id);
    });
    return worker;
  }

  private giveUp() {
    const waiting = [...this.waiting.values()];
    this.end();
    for (const tell of waiting) tell({});
  }
}
