import { afterEach, expect, test } from "vitest";
import type { VantageState } from "../../src/domain/vantage.ts";
import type { Question } from "../../src/prober/messages.ts";
import { VantageWatch, type WatchOptions } from "../../src/prober/vantage-watch.ts";
import { vantage } from "./support/states.ts";

const LONG = 60_000;

let watch: VantageWatch | null = null;
afterEach(() => watch?.stop());

/** A watch whose self-tests end when the test says so. */
function start(times: Pick<WatchOptions, "calmMs" | "urgentMs">, questions: Question[] = []) {
  const begun: PromiseWithResolvers<VantageState>[] = [];
  const states: (readonly Question[])[] = [];
  const faults: Error[] = [];
  const changes: (() => void)[] = [];
  const changed = () => changes.splice(0).forEach((settle) => settle());
  watch = new VantageWatch({
    ...times,
    check: () => {
      const test = Promise.withResolvers<VantageState>();
      begun.push(test);
      changed();
      return test.promise;
    },
    onState: (_state, answered) => {
      states.push(answered);
      changed();
    },
    onFault: (error) => {
      faults.push(error);
      changed();
    },
  });
  watch.start(questions);
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => changes.push(resolve));
  };
  return { begun, states, faults, until };
}

test("it tests at once and again after the calm pause while all is well", async () => {
  const { begun, states, until } = start({ calmMs: 10, urgentMs: LONG });
  for (const count of [1, 2, 3]) {
    await until(() => begun.length === count);
    begun[count - 1]?.resolve(vantage(true, true));
    await until(() => states.length === count);
  }
  expect(states).toEqual([[], [], []]);
});

test("it tests again after the urgent pause when something broke", async () => {
  const { begun, states, until } = start({ calmMs: LONG, urgentMs: 10 });
  await until(() => begun.length === 1);
  begun[0]?.resolve(vantage(true, false));
  await until(() => begun.length === 2);
  expect(states).toHaveLength(1);
});

test("a question is answered by a test that began after it, never by the one that runs", async () => {
  const { begun, states, until } = start({ calmMs: LONG, urgentMs: 1 });
  await until(() => begun.length === 1);
  watch?.want({ asker: 1, id: 1 });
  watch?.want({ asker: 2, id: 1 });
  watch?.want({ asker: 1, id: 2 });
  begun[0]?.resolve(vantage(true, true));
  await until(() => begun.length === 2);
  begun[1]?.resolve(vantage(true, true));
  await until(() => states.length === 2);
  const all = [
    { asker: 1, id: 1 },
    { asker: 2, id: 1 },
    { asker: 1, id: 2 },
  ];
  expect(states).toEqual([[], all]);
});

test("a question wakes it from a long pause", async () => {
  const { begun, states, until } = start({ calmMs: LONG, urgentMs: 1 });
  await until(() => begun.length === 1);
  begun[0]?.resolve(vantage(true, true));
  await until(() => states.length === 1);
  watch?.want({ asker: 0, id: 1 });
  await until(() => begun.length === 2);
  expect(states).toHaveLength(1);
});

test("a test that breaks is told, answers nobody and is repeated", async () => {
  const { begun, states, faults, until } = start({ calmMs: LONG, urgentMs: 1 });
  await until(() => begun.length === 1);
  watch?.want({ asker: 0, id: 1 });
  begun[0]?.reject(new Error("broken"));
  await until(() => begun.length === 2);
  begun[1]?.reject(new Error("broken"));
  await until(() => begun.length === 3);
  begun[2]?.resolve(vantage(true, true));
  await until(() => states.length === 1);
  expect(states).toEqual([[{ asker: 0, id: 1 }]]);
  expect(faults.map((error) => error.cause)).toEqual([new Error("broken"), new Error("broken")]);
});

test("the first test answers what was open when the watch began", async () => {
  const open = [{ asker: 1, id: 5 }];
  const { begun, states, until } = start({ calmMs: LONG, urgentMs: LONG }, open);
  await until(() => begun.length === 1);
  begun[0]?.resolve(vantage(true, true));
  await until(() => states.length === 1);
  expect(states).toEqual([open]);
});

test("questions that can wait share the test that is made anyway", async () => {
  const { begun, states, until } = start({ calmMs: 50, urgentMs: 1 });
  await until(() => begun.length === 1);
  begun[0]?.resolve(vantage(true, true));
  await until(() => states.length === 1);
  const patient = [1, 2, 3].map((id) => ({ asker: 1, id, withinMs: LONG }));
  for (const question of patient) watch?.want(question);
  await until(() => begun.length === 2);
  begun[1]?.resolve(vantage(true, true));
  await until(() => states.length === 2);
  expect(states).toEqual([[], patient]);
});

test("a question that can't wait takes those that can along", async () => {
  const { begun, states, until } = start({ calmMs: LONG, urgentMs: 1 });
  await until(() => begun.length === 1);
  begun[0]?.resolve(vantage(true, true));
  await until(() => states.length === 1);
  const questions = [
    { asker: 1, id: 1, withinMs: LONG },
    { asker: 0, id: 1 },
  ];
  for (const question of questions) watch?.want(question);
  await until(() => begun.length === 2);
  begun[1]?.resolve(vantage(true, true));
  await until(() => states.length === 2);
  expect(states[1]).toEqual(questions);
});

test("a question that can wait is answered by a test of its own when its time is over", async () => {
  const { begun, states, until } = start({ calmMs: LONG, urgentMs: 1 });
  await until(() => begun.length === 1);
  begun[0]?.resolve(vantage(true, true));
  await until(() => states.length === 1);
  watch?.want({ asker: 1, id: 1, withinMs: 20 });
  await until(() => begun.length === 2);
  expect(states).toHaveLength(1);
});
