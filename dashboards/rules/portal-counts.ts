import type { Recording, RuleGroup } from "./rule.ts";

/**
 * How many portals of each agency have each value of a series, the value as a label: the one join with what a portal is,
 * which the counts below add up.
 */
function byValue(label: string, series: string, help: string): Recording {
  return {
    record: `agency:portals_by_${label}:count`,
    expr: `count_values by (agency, province, kind) ("${label}", ${series} * on (instance, portal) group_left (agency, province, kind) portal_info)`,
    help,
  };
}

/** Those of some values; 0 where none has them, so that shares never lack a numerator. */
const counted = (values: string, all: string): string =>
  `sum by (agency, province, kind) (agency:portals_by_${values}) or 0 * ${all}`;

const WITH_LEVEL = "agency:portals_with_level:count";
const WITH_GRADE = "agency:portals_with_grade:count";

/** The share of some values in others, over the country. */
const shareOf = (some: string, all: string): string =>
  `(sum(agency:portals_by_${some}) or vector(0)) / sum(agency:portals_by_${all})`;

/** What panels and alerts show of the country: unknown states and levels are in no share, nor is maintenance. */
const NATIONAL: readonly Recording[] = [
  {
    record: "national:portals_up:ratio",
    expr: shareOf('state:count{state="1"}', 'state:count{state=~"1|2|3"}'),
    help: "Share of portals up, among those whose state is known and that are not in maintenance",
  },
  {
    record: "national:portals_ipv6:ratio",
    expr: shareOf('level:count{level=~"3|4|5"}', "level:count"),
    help: "Share of portals at IPv6 readiness level L3 or above, among those whose level is known",
  },
  {
    record: "national:portals_https_ab:ratio",
    expr: shareOf('grade:count{grade=~"4|5"}', "grade:count"),
    help: "Share of portals with an HTTPS grade of A or B, among those whose grade is known",
  },
];

/** How many portals of each agency are in which state: what panels add up further. */
export const PORTAL_COUNTS: RuleGroup = {
  name: "hatangso-portal-counts",
  interval: "1m",
  rules: [
    {
      record: "agency:portals:count",
      expr: "count by (agency, province, kind) (portal_info)",
      help: "Portals",
    },
    byValue("state", "portal_state", "Portals by the number of their state"),
    ...(["unknown", "up", "degraded", "down", "maintenance"] as const).map((state, value) => ({
      record: `agency:portals_${state}:count`,
      expr: counted(`state:count{state="${value}"}`, "agency:portals:count"),
      help: `Portals in the state ${state}`,
    })),
    byValue("level", "portal_ipv6_level", "Portals by their IPv6 readiness level, -1 for LX"),
    {
      record: WITH_LEVEL,
      expr: "sum by (agency, province, kind) (agency:portals_by_level:count)",
      help: "Portals whose IPv6 readiness level is known",
    },
    {
      record: "agency:portals_level3:count",
      expr: counted('level:count{level=~"3|4|5"}', WITH_LEVEL),
      help: "Portals of IPv6 readiness level L3 or above",
    },
    {
      record: "agency:portals_level4:count",
      expr: counted('level:count{level=~"4|5"}', WITH_LEVEL),
      help: "Portals of IPv6 readiness level L4 or above",
    },
    byValue("grade", "portal_https_grade", "Portals by their HTTPS grade, 5 for A to 1 for E"),
    {
      record: WITH_GRADE,
      expr: "sum by (agency, province, kind) (agency:portals_by_grade:count)",
      help: "Portals whose HTTPS grade is known",
    },
    {
      record: "agency:portals_grade_ab:count",
      expr: counted('grade:count{grade=~"[45]"}', WITH_GRADE),
      help: "Portals with an HTTPS grade of A or B",
    },
    {
      record: "check:portal_finding:count",
      expr: "count by (check, verdict) (portal_finding)",
      help: "Portals of which a check does not hold",
    },
    {
      record: "family:probe_success:count",
      expr: "count by (family) (probe_success)",
      help: "Portals whose last run over a family could tell",
    },
    {
      record: "family:probe_success:sum",
      expr: "sum by (family) (probe_success)",
      help: "Portals whose last run over a family went well",
    },
    {
      record: "family:probe_duration_seconds:p95",
      expr: "quantile by (family) (0.95, probe_duration_seconds)",
      help: "Response time that 95 of 100 portals keep",
    },
    ...NATIONAL,
  ],
};
