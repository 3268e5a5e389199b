import type { ReleaseProblem } from "../../store/release-plan.ts";
import { type FieldError, Problem } from "../problem.ts";

/** What stands against a release, as the field to change and what to do. */
export function releaseDetail(problem: ReleaseProblem): FieldError {
  switch (problem.kind) {
    case "not_a_quarter_end":
      return { field: "body.as_of", detail: "must be the last day of a quarter" };
    case "in_the_future":
      return { field: "body.as_of", detail: "must not lie in the future" };
    case "nothing_to_publish":
      return { field: "body.as_of", detail: "there are no figures of this day" };
    case "nothing_new":
      return {
        field: "body.as_of",
        detail: `nothing was recorded since the release ${problem.code}, which says the same`,
      };
    case "held_rows":
      return {
        field: "body.despite_held",
        detail: `${problem.held} rows of this quarter wait for review: decide on them, or set this to true and say so in a note`,
      };
    case "held_without_note":
      return {
        field: "body.note_vi",
        detail: `a note must say that ${problem.held} rows of this quarter wait for review`,
      };
    case "unknown_indicators":
      return {
        field: "body.breaks",
        detail: `there are no such indicators: ${problem.codes.join(", ")}`,
      };
  }
}

/** What another request would mend; everything else is how the register stands. */
const IN_THE_REQUEST: ReadonlySet<ReleaseProblem["kind"]> = new Set([
  "not_a_quarter_end",
  "in_the_future",
  "held_without_note",
  "unknown_indicators",
]);

/** The answer to a release that is refused, with everything that stands against it. */
export function releaseRefused(problems: readonly ReleaseProblem[]): Problem {
  const mendable = problems.some(({ kind }) => IN_THE_REQUEST.has(kind));
  return new Problem(mendable ? 400 : 409, "The release was not published.", {
    errors: problems.map(releaseDetail),
  });
}
