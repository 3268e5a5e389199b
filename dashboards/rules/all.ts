import { CERTIFICATES } from "./certificates.ts";
import { COVERAGE } from "./coverage.ts";
import { MONITORING } from "./monitoring.ts";
import { OUTAGES } from "./outages.ts";
import { PORTAL_COUNTS } from "./portal-counts.ts";
import { PORTALS } from "./portals.ts";
import { PROBER } from "./prober.ts";
import type { RuleGroup } from "./rule.ts";
import { SERVICE } from "./service.ts";
import { SLO } from "./slo.ts";

/** Every group of rules; each becomes a file of its own in prometheus/rules. */
export const RULE_GROUPS: readonly RuleGroup[] = [
  PORTAL_COUNTS,
  PORTALS,
  OUTAGES,
  SLO,
  CERTIFICATES,
  COVERAGE,
  PROBER,
  SERVICE,
  MONITORING,
];
