import type { Finding } from "./finding.ts";
import { findingKey } from "./finding-spans.ts";
import type { Blocker, Judgement } from "./judgement.ts";
import { GRADE_SCALE, LEVEL_SCALE } from "./level-scale.ts";
import type { HttpsGrade, ReadinessLevel } from "./readiness.ts";
import { advance, CONFIRMING_TRIES, NO_TRACK, type Reading, type Track } from "./standing.ts";

/** What one audit says of level and grade. */
export interface AuditReading {
  readonly level: Reading<ReadinessLevel>;
  readonly grade: Reading<HttpsGrade>;
}

/** What is believed of level and grade, with what is pending. */
export interface Tracks {
  readonly level: Track<ReadinessLevel>;
  readonly grade: Track<HttpsGrade>;
}

/** Before the first audit. */
export const NO_TRACKS: Tracks = { level: NO_TRACK, grade: NO_TRACK };

/** A judgement, as far as level and grade need it. */
export type Judged = {
  readonly findings: readonly Finding[];
  readonly level: Pick<Judgement["level"], "level" | "possible" | "blockers">;
  readonly grade: Judgement["grade"];
};

/** What a judged audit says; `at` in milliseconds since the epoch. */
export function readingOf({ findings, level, grade }: Judged, at: number): AuditReading {
  return {
    level: {
      proven: level.level,
      possible: level.possible,
      failedTries: failedTries(level.blockers, findings),
      at,
    },
    grade: {
      proven: grade.grade,
      possible: grade.possible,
      failedTries: failedTries(grade.blockers, findings),
      at,
    },
  };
}

/** What an audit says that proves nothing and leaves everything possible. */
export function silentReading(at: number): AuditReading {
  return {
    level: { proven: "U", possible: "L5", failedTries: 0, at },
    grade: { proven: "U", possible: "A", failedTries: 0, at },
  };
}

/** What is believed after one more audit. */
export function advanceTracks(tracks: Tracks, reading: AuditReading): Tracks {
  return {
    level: advance(tracks.level, reading.level, LEVEL_SCALE),
    grade: advance(tracks.grade, reading.grade, GRADE_SCALE),
  };
}

/**
 * Tries that failed for what holds a value down: the most that one finding counts in `failed_tries` of its evidence.
 * What counts no tries was read, not tried for (a record, a certificate's date, a month of light probes): it is as
 * good as the tries that a confirmation takes.
 */
function failedTries(blockers: readonly Blocker[], findings: readonly Finding[]): number {
  const byKey = new Map(findings.map((finding) => [findingKey(finding), finding]));
  const tries = blockers.map((blocker) => {
    const count = byKey.get(findingKey(blocker))?.evidence["failed_tries"];
    return typeof count === "number" && count > 0 ? count : CONFIRMING_TRIES;
  });
  return tries.length === 0 ? CONFIRMING_TRIES : Math.max(...tries);
}
