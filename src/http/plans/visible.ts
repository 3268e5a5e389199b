import type { Config } from "../../config.ts";
import type { PlanRow } from "../../reports/plans.ts";
import { maySeeDetails, type Viewer } from "../access/viewer.ts";

/** A plan as this viewer may see it: its note is for those who may see findings, the plan itself for everyone. */
export function visiblePlan(
  viewer: Viewer,
  publicRead: Config["publicRead"],
): (plan: PlanRow) => PlanRow {
  return (plan) => {
    const open = maySeeDetails(viewer, publicRead, { agency: plan.agency.id, province: null });
    return open ? plan : { ...plan, note: null };
  };
}
