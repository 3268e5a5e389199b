import { expect, test } from "vitest";
import { plotOf } from "../../bench/growth/plot.ts";

const CURVE = { title: "CPU", unit: "cores", what: "", limit: 2 };

test("a value that was not measured is left out of the picture, and every other one is written at its point", () => {
  const plot = plotOf([1000, 5000, 20_000], [{ ...CURVE, values: [0.1, null, 1.6] }]);
  expect(plot.match(/<circle/g)).toHaveLength(2);
  expect(plot).toContain(">1.6</text>");
  expect(plot).not.toMatch(/NaN|Infinity|null/);
});

test("a straight line through zero stays straight", () => {
  const plot = plotOf([1000, 2000, 4000], [{ ...CURVE, values: [1, 2, 4] }]);
  const points = /points="([^"]+)"/.exec(plot)?.[1]?.split(" ") ?? [];
  const [a, b, c] = points.map((point) => point.split(",").map(Number) as [number, number]);
  const slope = (p: [number, number] = [0, 0], q: [number, number] = [0, 0]) =>
    (q[1] - p[1]) / (q[0] - p[0]);
  expect(slope(a, b)).toBeCloseTo(slope(b, c), 2);
});
