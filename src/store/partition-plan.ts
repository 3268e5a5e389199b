import { addDays, addMonths, type Day, monthStart, utcDay } from "../domain/calendar.ts";

/** The tables that are partitioned, and by how much; all bounds are in UTC. */
export const PARTITIONED = {
  probe_result: { span: "day", column: "timestamptz" },
  probe_hour: { span: "day", column: "timestamptz" },
  probe_rollup_hour: { span: "month", column: "timestamptz" },
  failure_evidence: { span: "month", column: "date" },
} as const;

export type PartitionedTable = keyof typeof PARTITIONED;

export const PARTITIONED_TABLES = Object.keys(PARTITIONED) as readonly PartitionedTable[];

/** One partition: its table's rows from `from` (included) to `to` (excluded). */
export interface Partition {
  readonly table: PartitionedTable;
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
}

/** How far ahead partitions are made, so that a job that fails for days does no harm. */
export const AHEAD = { day: 7, month: 2 } as const;

/** The partition that holds the rows of a UTC day. */
export function partitionOf(table: PartitionedTable, day: Day): Partition {
  if (PARTITIONED[table].span === "day") {
    return { table, name: `${table}_${day.replaceAll("-", "_")}`, from: day, to: addDays(day, 1) };
  }
  const from = monthStart(day);
  const name = `${table}_${from.slice(0, 7).replace("-", "_")}`;
  return { table, name, from, to: addMonths(from, 1) };
}

/** The partition of this name, or null for a name that is none of ours. */
export function partitionNamed(name: string): Partition | null {
  for (const table of PARTITIONED_TABLES) {
    const suffix = name.startsWith(`${table}_`) ? name.slice(table.length + 1) : "";
    const found = /^(\d{4})_(\d\d)(?:_(\d\d))?$/.exec(suffix);
    if (found) {
      const partition = partitionOf(table, `${found[1]}-${found[2]}-${found[3] ?? "01"}`);
      if (partition.name === name) return partition;
    }
  }
  return null;
}

/** The partitions that must exist at an instant: the present one and those to come. */
export function partitionsAhead(table: PartitionedTable, now: number): Partition[] {
  const today = utcDay(now);
  const { span } = PARTITIONED[table];
  return Array.from({ length: AHEAD[span] + 1 }, (_, ahead) =>
    partitionOf(table, span === "day" ? addDays(today, ahead) : addMonths(today, ahead)),
  );
}

/** Whether nothing in a partition is younger than `keepDays` whole days at an instant. */
export function isExpired(partition: Partition, now: number, keepDays: number): boolean {
  return partition.to <= addDays(utcDay(now), -keepDays);
}
