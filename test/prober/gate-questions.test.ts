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
  const waits: number[] = [];
  const pace = { withinMs: 30_000, patienceMs: 50_000 };
  const questions = new GateQuestions(4, vantage(true, true), pace, (id, withinMs) => {
    asked.push(id);
    waits.push(withinMs);
  });
  return { asked, waits, questions };
}

test("each question waits for a self-test that answers it, not for an earlier one", async () => {
  const { asked, questions } = start();
  const [first, second] = [questions.begin().confirm(false), questions.begin().confirm(false)];
  expect(asked).toEqual([5, 6]);
  questions.answer(vantage(true, true), 5);
  expect((await first).families.ip6.healthy).toBe(true);
  questions.answer(vantage(true, false), 6);
  expect((await second).families.ip6.healthy).toBe(false);
});

test("a self-test that does not come vouches for nothing", async () => {
  const { questions } = start();
  const open = questions.begin().confirm(false);
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
  const open = questions.begin().confirm(false);
  questions.close();
  expect((await open).families.ip4.healthy).toBe(false);
  expect((await questions.begin().confirm(false)).families.ip4.healthy).toBe(false);
  expect(asked).toEqual([5]);
  expect(vi.getTimerCount()).toBe(0);
});

test("only who is not waited for lets the self-test wait for others", async () => {
  const { waits, questions } = start();
  const open = [questions.begin().confirm(true), questions.begin().confirm(false)];
  expect(waits).toEqual([0, 30_000]);
  questions.close();
  await Promise.all(open);
});

test("a gate that was closed for a while during an audit is closed for it, and open for the next one", async () => {
  const { asked, questions } = start();
  const round = questions.begin();
  questions.answer(vantage(true, false), 0);
  questions.answer(vantage(true, true), 0);
  const next = questions.begin();
  const states = [round.confirm(true), next.confirm(true)];
  questions.answer(vantage(true, true), asked.at(-1) ?? 0);
  const open = (await Promise.all(states)).map(({ families }) => families.ip6.healthy);
  expect(open).toEqual([false, true]);
});
