import { challengeReads } from "./read.ts";
import { challengeWrites } from "./write.ts";

/** Challenges of figures, from filing to their end. */
export const COVERAGE_CHALLENGES = [challengeReads, challengeWrites];
