import { expect, test } from "vitest";
import type { Question } from "../../src/prober/messages.ts";
import { VantageRelay } from "../../src/prober/vantage-relay.ts";
import { vantage } from "./support/states.ts";

function start() {
  const asked: Question[] = [];
  const options = { name: "test", country: "VN", anchors: null };
  return { asked, relay: new VantageRelay(options, (question) => asked.push(question)) };
}

test("before the first test nothing is healthy, and the name is known", () => {
  const { state } = start().relay;
  expect(state).toMatchObject({ name: "test", country: "VN", checkedAt: 0 });
  expect([state.families.ip4.healthy, state.families.ip6.healthy]).toEqual([false, false]);
  expect(state.resolver.usable).toBe(false);
});

test("each asker learns up to which question the present state answers", () => {
  const { relay } = start();
  relay.forward({ asker: 0, id: 3 });
  relay.forward({ asker: 1, id: 1 });
  const answered = [
    { asker: 0, id: 2 },
    { asker: 1, id: 1 },
  ];
  relay.update(vantage(true, true), answered);
  expect([0, 1, 2].map((asker) => relay.answered(asker))).toEqual([2, 1, 0]);
});

test("what is open is known, for a testing thread that is born anew", () => {
  const { relay } = start();
  relay.forward({ asker: 0, id: 1 });
  relay.forward({ asker: 1, id: 4 });
  relay.update(vantage(true, true), [{ asker: 0, id: 1 }]);
  expect(relay.open()).toEqual([{ asker: 1, id: 4 }]);
});

test("a probing thread that is born anew goes on numbering, so that old answers are not taken for new", () => {
  const { relay } = start();
  relay.forward({ asker: 1, id: 7 });
  expect(relay.lastQuestion(1)).toBe(7);
  relay.update(vantage(true, true), [{ asker: 1, id: 7 }]);
  expect(relay.lastQuestion(1)).toBe(7);
  expect(relay.lastQuestion(0)).toBe(0);
});

test("the service waits for the first test, later for one that began after it asked", async () => {
  const { asked, relay } = start();
  const first = relay.check();
  expect(asked).toEqual([]);
  const known = vantage(true, false);
  relay.update(known, []);
  expect(await first).toBe(known);
  const second = relay.check();
  const [question] = asked;
  relay.update(vantage(false, false), []);
  const last = vantage(true, true);
  relay.update(last, question ? [question] : []);
  expect(await second).toBe(last);
});

test("at the stop everyone who waits gets what is known", async () => {
  const { relay } = start();
  const waiting = relay.check();
  relay.close();
  expect(await waiting).toBe(relay.state);
});
