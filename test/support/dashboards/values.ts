import { FAILURE_REASONS, FAILURES } from "../../../src/domain/failure.ts";
import { FAMILIES } from "../../../src/domain/family.ts";
import { CHECK_IDS, VERDICTS } from "../../../src/domain/finding.ts";
import { INCIDENT_KINDS, SEVERITIES } from "../../../src/domain/incident/kinds.ts";
import { OUTCOMES, PHASES } from "../../../src/domain/observation.ts";
import { PORTAL_KINDS } from "../../../src/domain/portal.ts";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../../src/domain/readiness.ts";
import type { Expr, Matcher } from "./promql.ts";
import { walk } from "./promql.ts";

/** The jobs of the Prometheus configuration. */
const SCRAPE_JOBS = [
  "hatangso",
  "hatangso-portals",
  "hatangso-coverage",
  "prometheus",
  "alertmanager",
] as const;

const UNIT_LEVELS = ["country", "province", "commune"];

/** Values of labels that come from a closed list, by series and label; `*` is every series. */
const CLOSED: readonly (readonly [metric: RegExp, label: string, values: readonly string[]])[] = [
  [/./, "family", FAMILIES],
  [/./, "phase", PHASES],
  [/./, "verdict", VERDICTS],
  [/^portal_finding|^check:/, "check", CHECK_IDS],
  [/^probe_results_total$|^prober_results_total$/, "outcome", OUTCOMES],
  [/^probe_failures_total$/, "reason", FAILURE_REASONS],
  [/^prober_internal_errors_total$/, "cause", Object.keys(FAILURES)],
  [/^(?:portal_incident_|incidents_open|incident_common)/, "kind", INCIDENT_KINDS],
  [/^(?:portal_incident_|incidents_open|incident_common)/, "severity", SEVERITIES],
  [/^(?:portal_info$|portals_by_|agency:portals)/, "kind", PORTAL_KINDS],
  [/^portals_by_ipv6_level$/, "level", READINESS_LEVELS],
  [/^portals_by_https_grade$/, "grade", HTTPS_GRADES],
  [/^coverage_/, "level", UNIT_LEVELS],
  [/^agency_availability_ratio$/, "period", ["this_month", "last_month"]],
  [/^province_probe_results_total$/, "result", ["good", "bad"]],
  [/^coverage_round_provinces$/, "state", ["received", "late", "due"]],
  [/^hatangso_info$/, "told_by", ["channels", "prometheus"]],
  [/^ALERTS$/, "alertstate", ["pending", "firing"]],
  // Series of jobs carry a job of their own, which `honor_labels` keeps.
  [/^(?!job_)/, "job", SCRAPE_JOBS],
];

/** Where an expression selects by a value that no series can have, so that it finds nothing, ever. */
export function wrongValues(expr: Expr): string[] {
  return [...walk(expr)].flatMap((each) => {
    if (each.kind !== "selector") return [];
    const { metric, matchers } = each;
    return matchers.flatMap((matcher) =>
      CLOSED.filter(([name, label]) => name.test(metric) && matcher.label === label)
        .filter(([, , values]) => !canMatch(matcher, values))
        .map(([, label]) => `${metric} has no ${label} ${matcher.op} "${matcher.value}"`),
    );
  });
}

/** An excluded value must exist too: it is misspelt otherwise. The empty one and "any" say nothing about values. */
function canMatch({ op, value }: Matcher, values: readonly string[]): boolean {
  if (value === "" || value === ".+" || value === ".*") return true;
  if (op === "=" || op === "!=") return values.includes(value);
  const parts = value.replace(/^\((.*)\)$/, "$1").split("|");
  return parts.every((part) => {
    const pattern = new RegExp(`^(?:${part})$`);
    return values.some((each) => pattern.test(each));
  });
}
