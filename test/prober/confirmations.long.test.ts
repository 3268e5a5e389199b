import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { type Running, of, run, startProberLab, targetsOf } from "./support/running.ts";
import { told } from "./support/scripted.ts";

let lab: Lab;
let running: Running;
beforeEach(async () => {
  lab = await startProberLab();
});
afterEach(async () => {
  await running.prober.stop(500);
  await lab.stop();
});

/** What portal 2 came to over IPv4 beside good and skipped runs. */
const bad = () =>
  of(running.results, 2, "ip4").filter(
    ({ outcome }) => outcome === "fail" || outcome === "unknown",
  );

test("a portal that breaks is looked at twice more, then once per slot", async () => {
  running = await run(lab, { threads: 2, intervalMs: 2000 });
  running.prober.setTargets(targetsOf(lab, ["healthy", "idn"]));
  await running.until(() => of(running.results, 2, "ip4").some(({ outcome }) => outcome === "ok"));
  await lab.setBehaviour("idn", { ip4: { tcp: "refuse" } });
  await running.until(() => bad().length >= 5);
  const kind = "connect_refused";
  expect(bad().slice(0, 5).map(told)).toEqual([0, 1, 2, 0, 0].map((each) => `${each} ${kind}`));
  const [first, second, third] = bad();
  expect([second, third].map((one) => one?.scheduledAt)).toEqual(
    [first, first].map((one) => one?.scheduledAt),
  );
  expect(new Set(running.results.map(({ attempt, portal }) => `${portal} ${attempt}`))).toEqual(
    new Set(["1 0", "2 0", "2 1", "2 2"]),
  );
});

test("one lost connection is followed by one good look", async () => {
  running = await run(lab, { intervalMs: 2000 });
  running.prober.setTargets(targetsOf(lab, ["healthy", "idn"]));
  await running.until(() => of(running.results, 2, "ip4").some(({ outcome }) => outcome === "ok"));
  const page = { kind: "page" } as const;
  const http = { kind: "flap", by: "requests", every: 1, first: { kind: "reset" }, second: page };
  await lab.setBehaviour("idn", { ip4: { http: http as never } });
  await running.until(() => running.results.some(({ attempt }) => attempt === 1));
  const confirmed = running.results.find(({ attempt }) => attempt === 1);
  expect([confirmed?.portal, confirmed?.outcome]).toEqual([2, "ok"]);
});

test("a name that does not resolve is confirmed after five slots, while its neighbour stays well", async () => {
  running = await run(lab, { intervalMs: 1000 });
  running.prober.setTargets(targetsOf(lab, ["healthy", "idn"]));
  await running.until(() => of(running.results, 2, "ip4").some(({ outcome }) => outcome === "ok"));
  await lab.setBehaviour("idn", { ip4: { dns: "servfail" } });
  await running.until(() => bad().some(({ attempt }) => attempt === 2));
  expect(
    bad()
      .slice(0, 7)
      .map(({ attempt }) => attempt),
  ).toEqual([0, 0, 0, 0, 0, 1, 2]);
  expect(new Set(bad().map(({ failure }) => failure?.kind))).toEqual(new Set(["dns_servfail"]));
  expect(of(running.results, 1, "ip4").every(({ attempt }) => attempt === 0)).toBe(true);
});
