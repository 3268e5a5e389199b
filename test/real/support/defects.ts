import { CATALOGUE } from "../../../lab/catalogue/all.ts";
import { hostOf } from "../../../lab/portal.ts";
import type { LabExpectation } from "../../../lab/types.ts";
import { FAMILIES, type Family } from "../../../src/domain/family.ts";
import { reasonOf } from "../../../src/domain/failure.ts";
import { type Sample, valueOf } from "./exposition.ts";

/** One row of the table lab portal → what its series must say. */
export interface Row {
  readonly host: string;
  readonly family: Family;
  /** One of these; a portal that flaps has two. */
  readonly expected: readonly LabExpectation[];
}

/** Every lab portal over both families. */
export const ROWS: readonly Row[] = CATALOGUE.flatMap((plan) =>
  FAMILIES.map((family) => ({
    host: hostOf(plan),
    family,
    expected: [plan.expect[family], ...(plan.alternate ? [plan.alternate[family]] : [])],
  })),
);

/** Whether the last run was of an outcome that has `probe_success`, and which value it then has. */
function successOf({ outcome }: LabExpectation): number | null {
  if (outcome === "ok" || outcome === "degraded") return 1;
  return outcome === "fail" ? 0 : null;
}

/** What the series of one row say that they should not; null where they tell its defect. */
export function complaint(row: Row, samples: readonly Sample[]): string | null {
  const own = samples.filter(
    ({ labels }) =>
      labels.family === row.family && new URL(labels.instance ?? "").hostname === row.host,
  );
  const complaints = row.expected.map((expected) => complaintOf(expected, own));
  return complaints.includes(null) ? null : `${row.host} ${row.family}: ${complaints.join(" / ")}`;
}

function complaintOf(expected: LabExpectation, own: readonly Sample[]): string | null {
  const success = valueOf(own, "probe_success");
  if (success !== successOf(expected)) return `probe_success is ${success}`;
  if (expected.outcome === "no_address") {
    const runs = own.filter(({ name, value }) => name === "probe_results_total" && value > 0);
    return runs.length === 0 ? null : `has runs: ${runs[0]?.labels.outcome}`;
  }
  const { outcome, failure } = expected;
  if (!valueOf(own, "probe_results_total", { outcome })) return `no run came to ${outcome}`;
  if (outcome !== "fail" || failure === null) return null;
  const reason = reasonOf(failure);
  return valueOf(own, "probe_failures_total", { reason }) ? null : `no failure of reason ${reason}`;
}
