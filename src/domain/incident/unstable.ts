import type { OpenIncident } from "./change.ts";
import { reachOf, type Verdict } from "./condition-verdict.ts";
import type { IncidentPolicy } from "./policy.ts";
import type { FamilyJudgement } from "./quorum.ts";

/** The cause of an incident that is about changing all the time. */
export const UNSTABLE = "unstable";

/**
 * Whether the portal changes all the time between reachable and not; null where it does not. It takes flapping and as
 * many bad scheduled runs as slowness takes: of hundreds of portals behind a line that loses 2 % of the connections,
 * some lose three packets within twenty runs every hour.
 */
export function unstableVerdict(
  reach: readonly FamilyJudgement[],
  open: OpenIncident | null,
  { degraded }: Pick<IncidentPolicy, "degraded">,
): Verdict | null {
  const unstable = reach.filter((each) => each.level !== "unknown" && each.flapping);
  const isEnough = unstable.some((each) => failedRuns(each) >= degraded.openAfter);
  if (!isEnough && (open?.cause !== UNSTABLE || unstable.length === 0)) return null;
  const sights = unstable.flatMap(({ eligible }) => eligible.filter(({ track }) => track.flapping));
  return {
    type: "bad",
    condition: "reach",
    sights,
    cause: UNSTABLE,
    ...reachOf(unstable, reach, open),
  };
}

/** Failed runs among the last ones, of whoever saw most. */
function failedRuns({ eligible }: FamilyJudgement): number {
  return Math.max(0, ...eligible.map(({ track }) => track.recent.split("0").length - 1));
}
