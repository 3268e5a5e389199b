import { type BoardName, uidOf } from "../kit/names.ts";
import type { Text } from "../kit/text.ts";

/** How urgent an alert is: `critical` wakes, `warning` is a ticket, `info` is looked at, `none` is for machines. */
export const ALERT_SEVERITIES = ["critical", "warning", "info", "none"] as const;

export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** What an alert is about; routing and inhibition go by it. */
export const CATEGORIES = [
  "portal",
  "certificate",
  "ipv6",
  "slo",
  "coverage",
  "prober",
  "monitoring",
] as const;

export type Category = (typeof CATEGORIES)[number];

/** A series that is computed once, so that panels and alerts need not count thousands again. */
export interface Recording {
  /** `level:metric:operation`. */
  readonly record: string;
  readonly expr: string;
  /** What it is, for the next developer and the list in the docs. */
  readonly help: string;
}

/** A rule that speaks. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** Prometheus' duration, as `5m`. */
  readonly for?: string;
  readonly keepFiringFor?: string;
  /** One for all, or what the series carries: its incident's, in the words of alerts. */
  readonly severity: AlertSeverity | "of-incident";
  readonly category: Category;
  /** One sentence, the same for all alerts of its group. */
  readonly summary: Text;
  /** What is known of this one; Go template. */
  readonly description: Text;
  /** The dashboard to open. */
  readonly dashboard: BoardName;
  /** Variables of the dashboard that are set from the label of the same name; every series has it. */
  readonly chosen?: "portal" | "province";
}

export interface RuleGroup {
  readonly name: string;
  /** As `1m`. */
  readonly interval: string;
  readonly rules: readonly (Recording | Alert)[];
}

/** Where the service and Grafana are, for the links in alerts. */
export interface Addresses {
  readonly service: string;
  readonly grafana: string;
}

export function isAlert(rule: Recording | Alert): rule is Alert {
  return "alert" in rule;
}

/** A rule as Prometheus reads it: summary and description in English, and in Vietnamese beside them. */
export function ruleModel(rule: Recording | Alert, addresses: Addresses): Record<string, unknown> {
  if (!isAlert(rule)) return { record: rule.record, expr: rule.expr };
  const { severity, category, keepFiringFor, summary, description } = rule;
  return {
    alert: rule.alert,
    expr: rule.expr,
    ...(rule.for === undefined ? {} : { for: rule.for }),
    ...(keepFiringFor === undefined ? {} : { keep_firing_for: keepFiringFor }),
    labels: {
      severity: severity === "of-incident" ? "{{ $labels.severity }}" : severity,
      category,
    },
    annotations: {
      summary: summary.en,
      summary_vi: summary.vi,
      description: description.en,
      description_vi: description.vi,
      runbook_url: `${addresses.service}/runbooks/${rule.alert}`,
      dashboard_url: `${addresses.grafana}/d/${uidOf(rule.dashboard, "vi")}${chosenBy(rule)}`,
    },
  };
}

function chosenBy({ chosen }: Alert): string {
  return chosen === undefined ? "" : `?var-${chosen}={{ $labels.${chosen} }}`;
}
