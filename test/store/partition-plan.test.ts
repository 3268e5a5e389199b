import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, startOfDay, utcDay } from "../../src/domain/calendar.ts";
import {
  AHEAD,
  isExpired,
  PARTITIONED,
  PARTITIONED_TABLES,
  partitionNamed,
  partitionOf,
  partitionsAhead,
} from "../../src/store/partition-plan.ts";

const table = fc.constantFrom(...PARTITIONED_TABLES);
const instant = fc.integer({
  min: Date.parse("1970-01-01T00:00:00Z"),
  max: Date.parse("9000-12-31T00:00:00Z"),
});
const day = instant.map(utcDay);

test("a day lies in its partition", () => {
  fc.assert(
    fc.property(table, day, (of, at) => {
      const { from, to } = partitionOf(of, at);
      expect(from <= at && at < to).toBe(true);
    }),
  );
});

test("partitions of a table touch and never overlap", () => {
  fc.assert(
    fc.property(table, day, (of, at) => {
      const partition = partitionOf(of, at);
      expect(partitionOf(of, partition.to).from).toBe(partition.to);
      expect(partitionOf(of, addDays(partition.to, -1))).toEqual(partition);
      expect(partitionOf(of, partition.from)).toEqual(partition);
    }),
  );
});

test("a partition can be told by its name", () => {
  fc.assert(
    fc.property(table, day, (of, at) => {
      const partition = partitionOf(of, at);
      expect(partitionNamed(partition.name)).toEqual(partition);
    }),
  );
});

test.each([
  "portal",
  "probe_result",
  "probe_result_2026",
  "probe_result_2026_11",
  "probe_result_x",
  "probe_hour_2026_11",
  "failure_evidence_2026_11_22",
])("%s is the name of no partition", (name) => {
  expect(partitionNamed(name)).toBeNull();
});

test("partitions that are made ahead are without a hole, from the present one to a week or two months on", () => {
  fc.assert(
    fc.property(table, instant, (of, now) => {
      const ahead = partitionsAhead(of, now);
      expect(ahead[0]).toEqual(partitionOf(of, utcDay(now)));
      expect(ahead.slice(1).map(({ from }) => from)).toEqual(
        ahead.slice(0, -1).map(({ to }) => to),
      );
      expect(ahead).toHaveLength(AHEAD[PARTITIONED[of].span] + 1);
    }),
  );
});

test("a partition expires when its last moment is older than is kept, not before", () => {
  fc.assert(
    fc.property(table, day, fc.integer({ min: 1, max: 4000 }), (of, at, keep) => {
      const partition = partitionOf(of, at);
      const end = startOfDay(addDays(partition.to, keep));
      expect(isExpired(partition, end - 1, keep)).toBe(false);
      expect(isExpired(partition, end, keep)).toBe(true);
    }),
  );
});
