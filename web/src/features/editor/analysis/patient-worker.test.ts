import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FromWorker, PatientWorker, type WorkerAnswer } from "./patient-worker.ts";

/** A worker whose words the test says. */
class Told extends EventTarget {
  ended = false;
  asked: number[] = [];
  postMessage({ id }: { id: number }) {
    this.asked.push(id);
  }
  terminate() {
    this.ended = true;
  }
  say(data: FromWorker<string>) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

const workers: Told[] = [];
let patient: PatientWorker<string, string>;
let answers: WorkerAnswer<string>[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  workers.length = 0;
  answers = [];
  patient = new PatientWorker(() => {
    workers.push(new Told());
    return workers.at(-1) as unknown as Worker;
  }, 10_000);
});
afterEach(() => {
  patient.end();
  vi.useRealTimers();
});

const ask = () => patient.ask("?", (answer) => answers.push(answer));

test("what is fetched before it begins takes as long as it takes", () => {
  ask();
  vi.advanceTimersByTime(60_000);
  workers[0]!.say({ id: 1, begun: true });
  vi.advanceTimersByTime(9_000);
  workers[0]!.say({ id: 1, done: "here" });
  vi.advanceTimersByTime(60_000);
  expect(answers).toEqual([{ id: 1, done: "here" }]);
  expect(workers[0]!.ended).toBe(false);
});

test("a worker that stays at one question is ended, those after it are told, and the next gets a new one", () => {
  ask();
  workers[0]!.say({ id: 1, begun: true });
  ask();
  vi.advanceTimersByTime(10_000);
  expect(workers[0]!.ended).toBe(true);
  expect(answers).toEqual([{}, {}]);
  ask();
  expect(workers[1]!.asked).toEqual([3]);
});

test("an answer to one question does not hide that the worker stays at another", () => {
  ask();
  ask();
  workers[0]!.say({ id: 1, begun: true });
  workers[0]!.say({ id: 2, begun: true });
  workers[0]!.say({ id: 1, failure: "not Jinja2" });
  vi.advanceTimersByTime(10_000);
  expect(answers).toEqual([{ id: 1, failure: "not Jinja2" }, {}]);
});
