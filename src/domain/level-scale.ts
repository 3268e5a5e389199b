import { GRADE_VALUE, type HttpsGrade, LEVEL_VALUE, type ReadinessLevel } from "./readiness.ts";
import type { Scale } from "./standing.ts";

/** Below every level: what an audit that could tell nothing proves. */
const BELOW_LX = -2;

/** How readiness levels compare: LX below L0, since visitors with IPv6 wait or fail; U is "could not tell". */
export const LEVEL_SCALE: Scale<ReadinessLevel> = {
  rank: (level) => LEVEL_VALUE[level] ?? BELOW_LX,
  undecided: "U",
};

/** How HTTPS grades compare: A above E; U is "could not tell". */
export const GRADE_SCALE: Scale<HttpsGrade> = {
  rank: (grade) => GRADE_VALUE[grade] ?? 0,
  undecided: "U",
};
