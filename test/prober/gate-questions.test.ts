import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GateQuestions } from "../../src/prober/gate-questions.ts";
import { vantage } from "./support/states.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const asked: number[] = [];
  const questions = new GateQuestions(4, vantage(true, true), (id) => asked.push(id));
  return { asked, questions };
}

test("each question waits for a self-test that answers it, not for an earlier one", async () => {
  const { asked, questions } = start();
  const [first, second] = [questions.confirm(), questions.confirm()];
  expect(asked).toEqual([5, 6]);
  questions.answer(vantage(true, false), 5);
  expect((await first).families.ip6.healthy).toBe(false);
  questions.answer(vantage(true, true), 6);
  expect((await second).families.ip6.healthy).toBe(true);
});

test("a self-test that does not come vouches for nothing", async () => {
  const { questions } = start();
  const open = questions.confirm();
  await vi.runAllTimersAsync();
  const { families, resolver } = await open;
  expect([families.ip4.healthy, families.ip6.healthy, resolver.usable]).toEqual([
    false,
    false,
    false,
  ]);
});

test("after the end nothing is asked any more, and nobody waits", async () => {
  const { asked, questions } = start();
  const open = questions.confirm();
  questions.close();
  expect((await open).families.ip4.healthy).toBe(false);
  expect((await questions.confirm()).families.ip4.healthy).toBe(false);
  expect(asked).toEqual([5]);
  expect(vi.getTimerCount()).toBe(0);
});
