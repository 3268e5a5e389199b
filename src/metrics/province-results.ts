import type { Outcome } from "../domain/observation.ts";
import { isVerdict } from "./portal-families.ts";
import type { PortalMetricsInfo } from "./portal-info.ts";

/** Runs of a province's portals since the service started; `province`: its code, empty for national bodies. */
export interface ProvinceResults {
  readonly province: string;
  readonly good: number;
  readonly bad: number;
}

/** Counts runs per province while it has portals, from 0 at its first portal on. */
export class ProvinceCounts {
  readonly #provinces = new Map<string, { portals: number; good: number; bad: number }>();

  /** Counts a portal in (1) or out (-1); a province goes with its last one. */
  count({ province }: Pick<PortalMetricsInfo, "province">, by: 1 | -1): void {
    const code = province ?? "";
    const known = this.#provinces.get(code) ?? { portals: 0, good: 0, bad: 0 };
    known.portals += by;
    if (known.portals === 0) this.#provinces.delete(code);
    else this.#provinces.set(code, known);
  }

  /** Counts a run of one of its portals, if it could tell. */
  add({ province }: Pick<PortalMetricsInfo, "province">, outcome: Outcome): void {
    const known = this.#provinces.get(province ?? "");
    if (known && isVerdict(outcome)) known[outcome === "fail" ? "bad" : "good"] += 1;
  }

  read(): ProvinceResults[] {
    return [...this.#provinces].map(([province, { good, bad }]) => ({ province, good, bad }));
  }
}
