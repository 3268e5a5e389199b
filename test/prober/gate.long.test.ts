import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lab } from "../../lab/index.ts";
import type { Family } from "../../src/domain/family.ts";
import type { Outcome, ProbeResult } from "../../src/domain/observation.ts";
import { type Running, run, startProberLab, targetsOf } from "./support/running.ts";

const IDS = ["healthy", "redirect-good", "idn"];

let lab: Lab;
let running: Running;
beforeEach(async () => {
  lab = await startProberLab();
});
afterEach(async () => {
  await running.prober.stop(500);
  await lab.stop();
});

/** Runs of one family that went anywhere: a busy machine skips some. */
const over = (family: Family) => ran().filter((one) => one.family === family);

const ran = () => running.results.filter((one) => one.outcome !== "skipped");

const outcomes = (results: readonly ProbeResult[]): Set<Outcome> =>
  new Set(results.map((one) => one.outcome));

const kinds = (results: readonly ProbeResult[]) =>
  new Set(results.filter((one) => one.outcome === "unknown").map((one) => one.failure?.kind));

const connections = (family: Family) =>
  IDS.reduce((sum, id) => sum + lab.connections(id)[family], 0);

/** So many runs of one family that were scheduled later. */
const untilLater = (family: Family, after: number, count: number) =>
  running.until(() => over(family).filter((one) => one.scheduledAt > after).length >= count);

test("while a family's gate is closed nothing goes to any portal over it, and its runs are unknown", async () => {
  await lab.setAnchors("ip4", "refusing");
  running = await run(lab, { threads: 2 });
  running.prober.setTargets(targetsOf(lab, IDS));
  await running.until(() => over("ip4").length >= 6 && over("ip6").length >= 6);
  expect(outcomes(over("ip4"))).toEqual(new Set(["unknown"]));
  expect(kinds(over("ip4"))).toEqual(new Set(["vantage_no_ipv4"]));
  expect(connections("ip4")).toBe(0);
  expect(outcomes(over("ip6"))).toEqual(new Set(["ok"]));
  expect(connections("ip6")).toBeGreaterThan(0);
});

test("behind a network that answers for everybody nothing is reported down", async () => {
  for (const family of ["ip4", "ip6"] as const) await lab.setAnchors(family, "captive");
  running = await run(lab);
  running.prober.setTargets(targetsOf(lab, IDS));
  await running.until(() => over("ip4").length >= 3 && over("ip6").length >= 3);
  expect(outcomes(ran())).toEqual(new Set(["unknown"]));
  expect(connections("ip4") + connections("ip6")).toBe(0);
});

test("a gate that closes while work goes on holds at once, and opens again", async () => {
  running = await run(lab, { threads: 2 });
  running.prober.setTargets(targetsOf(lab, IDS));
  await running.until(() => over("ip4").length >= 3);
  await lab.setAnchors("ip4", "refusing");
  const closed = await running.prober.checkVantage();
  expect(closed.families.ip4.healthy).toBe(false);
  expect(running.prober.vantage()).toEqual(closed);
  await untilLater("ip4", Date.now(), 1);
  const before = connections("ip4");
  const now = Date.now();
  await untilLater("ip4", now, 6);
  expect(connections("ip4")).toBe(before);
  await lab.setAnchors("ip4", "answering");
  const opened = await running.prober.checkVantage();
  expect(opened.families.ip4.healthy).toBe(true);
  await running.until(() => over("ip4").at(-1)?.outcome === "ok");
});

test("an uplink that is cut in the middle of the work paints no portal as down", async () => {
  running = await run(lab);
  running.prober.setTargets(targetsOf(lab, IDS));
  await running.until(() => over("ip4").length >= 3 && over("ip6").length >= 3);
  await lab.setAnchors("ip4", "refusing");
  for (const id of IDS) await lab.setBehaviour(id, { ip4: { tcp: "refuse" } });
  await untilLater("ip4", Date.now(), 9);
  expect(outcomes(over("ip4"))).toEqual(new Set(["ok", "unknown"]));
  expect(kinds(over("ip4"))).toEqual(new Set(["vantage_no_ipv4"]));
  expect(outcomes(over("ip6"))).toEqual(new Set(["ok"]));
  // The first of them had failed before the vantage point knew: it was excused by the self-test after it.
  const first = over("ip4").find((one) => one.outcome === "unknown");
  expect(first?.evidence?.code).toMatch(/^ECONN(REFUSED|RESET)$/);
});

test("a resolver that begins to deny every name paints no portal as down", async () => {
  running = await run(lab);
  running.prober.setTargets(targetsOf(lab, IDS));
  await running.until(() => over("ip4").length >= 3 && over("ip6").length >= 3);
  await lab.setResolver("nxdomain");
  await untilLater("ip4", Date.now(), 6);
  expect(outcomes(ran())).toEqual(new Set(["ok", "unknown"]));
  expect(kinds(ran())).toEqual(new Set(["resolver_unusable"]));
});

test("a portal that is really down is reported as down, once the gate was found open after it", async () => {
  running = await run(lab, { threads: 2 });
  running.prober.setTargets(targetsOf(lab, ["healthy", "idn"]));
  await running.until(() => over("ip4").length >= 2);
  await lab.setBehaviour("idn", { ip4: { tcp: "refuse" } });
  await running.until(() => over("ip4").some((one) => one.failure?.kind === "connect_refused"));
  const failed = over("ip4").find((one) => one.outcome === "fail");
  const tested = running.states.filter((state) => state.checkedAt >= (failed?.startedAt ?? 0));
  expect(tested.length).toBeGreaterThan(0);
  expect(failed?.portal).toBe(2);
});

test("the vantage point can be asked for before and after its first test", async () => {
  running = await run(lab);
  const first = await running.prober.checkVantage();
  expect([first.families.ip4.healthy, first.resolver.usable]).toEqual([true, true]);
  const second = await running.prober.checkVantage();
  expect(second.checkedAt).toBeGreaterThanOrEqual(first.checkedAt);
  expect(running.states.at(-1)).toEqual(second);
});
