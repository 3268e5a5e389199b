import { expect, test } from "vitest";
import { gatePace } from "../../src/prober/gate-pace.ts";

test("audits of the schedule let a self-test wait as long as there is one anyway, and then its own time", () => {
  expect(gatePace(240_000)).toEqual({ withinMs: 28_000, patienceMs: 48_000 });
  expect(gatePace(600_000)).toEqual({ withinMs: 30_000, patienceMs: 50_000 });
});

test("a short audit leaves no time to wait for others", () => {
  expect(gatePace(45_000)).toEqual({ withinMs: 0, patienceMs: 20_000 });
});
