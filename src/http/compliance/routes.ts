import { complianceAgencyRoute } from "./agencies.ts";
import { auditRoutes } from "./audits.ts";
import { complianceDiffRoute } from "./diff.ts";
import { findingRoute } from "./findings.ts";
import { complianceRoute } from "./list.ts";
import { requirementRoute } from "./requirements.ts";

/** Everything that is read of compliance. */
export const COMPLIANCE_READS = [
  complianceRoute,
  complianceAgencyRoute,
  complianceDiffRoute,
  requirementRoute,
  findingRoute,
  auditRoutes,
];
