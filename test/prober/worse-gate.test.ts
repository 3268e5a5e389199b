import { expect, test } from "vitest";
import type { VantageState } from "../../src/domain/vantage.ts";
import { worseGate } from "../../src/prober/worse-gate.ts";
import { vantage } from "./support/states.ts";

const saysOf = ({ families, resolver, dns64Prefix }: VantageState) => [
  families.ip4.healthy,
  families.ip6.healthy,
  resolver.usable,
  resolver.doubtful,
  dns64Prefix,
];

test("two self-tests vouch only for what both found, whichever came first", () => {
  const well = { ...vantage(true, true), checkedAt: 1 };
  const wanting: VantageState = {
    ...vantage(true, false),
    checkedAt: 2,
    resolver: { usable: false, why: "No answer.", doubtful: true },
    dns64Prefix: "64:ff9b::/96",
  };
  const together = [true, false, false, true, "64:ff9b::/96"];
  expect(saysOf(worseGate(well, wanting))).toEqual(together);
  expect(saysOf(worseGate(wanting, { ...well, checkedAt: 3 }))).toEqual(together);
  expect(saysOf(worseGate(well, well))).toEqual([true, true, true, false, null]);
});
