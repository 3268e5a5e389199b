import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type Expiry, startDeadline } from "../../src/probes/deadline.ts";
import { watchLoopLag } from "../../src/probes/loop-lag.ts";

const LONG = 60_000;

/** How a guarded step that never ends by itself is ended. */
const guarded = (deadline: ReturnType<typeof startDeadline>) =>
  new Promise<Expiry>((resolve) => deadline.guard(resolve));

describe("a deadline", () => {
  test("ends the step that waits on it, and every later one at once", async () => {
    const deadline = startDeadline(10);
    expect(await guarded(deadline)).toBe("deadline");
    expect(deadline.remaining()).toBe(0);
    expect(await guarded(deadline)).toBe("deadline");
    deadline.clear();
  });

  test("that fired between two steps ends the next one, however early its timer was", async () => {
    const deadline = startDeadline(1);
    await sleep(20);
    expect(await guarded(deadline)).toBe("deadline");
    deadline.clear();
  });

  test("leaves a step alone that has ended by itself", async () => {
    const deadline = startDeadline(10);
    const expired: Expiry[] = [];
    deadline.guard((why) => expired.push(why))();
    await sleep(30);
    expect(expired).toEqual([]);
    deadline.clear();
  });

  test("is cut by its signal, before, during and between steps", async () => {
    const stop = new AbortController();
    const deadline = startDeadline(LONG, stop.signal);
    const during = guarded(deadline);
    expect(deadline.cut).toBe(false);
    stop.abort();
    expect(await during).toBe("cut");
    expect(deadline.cut).toBe(true);
    expect(deadline.remaining()).toBe(0);
    expect(await guarded(deadline)).toBe("cut");
    deadline.clear();
    const late = startDeadline(LONG, AbortSignal.abort());
    expect(await guarded(late)).toBe("cut");
    late.clear();
  });

  test("that is cut while it is paused cuts the next step, however late that one begins", async () => {
    const stop = new AbortController();
    const deadline = startDeadline(LONG, stop.signal);
    const resume = deadline.pause();
    stop.abort();
    resume();
    const next = guarded(deadline);
    // Busy until the timer that resuming has set is due before anything else.
    const until = performance.now() + 5;
    while (performance.now() < until);
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    expect(await next).toBe("cut");
    deadline.clear();
  });

  test("stands still while it is paused", async () => {
    const deadline = startDeadline(LONG);
    const resume = deadline.pause();
    const [left, used] = [deadline.remaining(), deadline.used()];
    await sleep(20);
    expect([deadline.remaining(), deadline.used()]).toEqual([left, used]);
    resume();
    expect(deadline.remaining()).toBeLessThanOrEqual(left);
    deadline.clear();
  });
});

function block(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe("the watch on the event loop", () => {
  test("sees a delay that every open window had, and no window before or after it", async () => {
    const watch = watchLoopLag();
    const before = watch.open();
    const early = before.close();
    const [one, two] = [watch.open(), watch.open()];
    await sleep(30);
    block(300);
    expect(one.close()).toBeGreaterThan(200);
    await sleep(50);
    expect(two.close()).toBeGreaterThan(200);
    expect(early).toBeLessThan(200);
    const after = watch.open();
    expect(after.close()).toBeLessThan(200);
  });
});
