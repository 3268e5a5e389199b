import { HTTPS_GRADES, READINESS_LEVELS } from "../domain/readiness.ts";
import type { PortalStanding } from "../reports/standings.ts";
import { type Block, makeBlock } from "./blocks.ts";
import { type MetricFamily, renderLabels, renderSample } from "./exposition.ts";
import type { PortalMetricsInfo } from "./portal-info.ts";

/** What is counted over all portals; shares are these divided by each other, U left out. */
export const COUNT_FAMILIES: readonly MetricFamily[] = [
  {
    name: "portals_by_ipv6_level",
    type: "gauge",
    help: "Portals at each confirmed IPv6 readiness level, by kind and type of owner; U: could not be told",
  },
  {
    name: "portals_by_https_grade",
    type: "gauge",
    help: "Portals at each confirmed HTTPS grade, by kind and type of owner; U: could not be told",
  },
];

interface Group {
  readonly labels: string;
  readonly levels: Record<string, number>;
  readonly grades: Record<string, number>;
  portals: number;
}

/** How many portals stand where, kept up as each of them changes. */
export class StandingCounts {
  readonly #groups = new Map<string, Group>();
  #block: Block | null = null;

  /** Counts a portal in (1) or out (-1); no audit yet counts as U, and who is in no share is not counted. */
  count(info: PortalMetricsInfo, standing: PortalStanding | null, by: 1 | -1): void {
    if (!info.counted) return;
    const labels = renderLabels({ kind: info.kind, owner_type: info.ownerType });
    const group = this.#groups.get(labels) ?? emptyGroup(labels);
    this.#groups.set(labels, group);
    add(group.levels, standing?.level ?? "U", by);
    add(group.grades, standing?.grade ?? "U", by);
    group.portals += by;
    if (group.portals === 0) this.#groups.delete(labels);
    this.#block = null;
  }

  /** The lines of `COUNT_FAMILIES`, rendered when something has changed. */
  block(): Block {
    this.#block ??= makeBlock([
      this.#render("portals_by_ipv6_level", "level", READINESS_LEVELS, "levels"),
      this.#render("portals_by_https_grade", "grade", HTTPS_GRADES, "grades"),
    ]);
    return this.#block;
  }

  #render(
    name: string,
    label: string,
    values: readonly string[],
    counts: "levels" | "grades",
  ): string {
    return [...this.#groups.values()]
      .flatMap((group) =>
        values.map((value) =>
          renderSample(name, `${group.labels},${label}="${value}"`, group[counts][value] ?? 0),
        ),
      )
      .join("");
  }
}

function emptyGroup(labels: string): Group {
  return { labels, levels: {}, grades: {}, portals: 0 };
}

function add(counts: Record<string, number>, value: string, by: number): void {
  counts[value] = (counts[value] ?? 0) + by;
}
