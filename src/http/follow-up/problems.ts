import type { Viewer } from "../access/viewer.ts";
import { notCovered } from "../access/guards.ts";
import { notFound, Problem } from "../problem.ts";
import type { FollowUpProblem } from "../../store/follow-ups.ts";

/** What is answered when an entry was not written. */
export function followUpProblem(viewer: Viewer, problem: FollowUpProblem): Problem {
  switch (problem.kind) {
    case "no_portal":
      return notFound("such portal");
    case "no_finding":
      return notFound("finding of this check about this portal");
    case "no_entry":
      return notFound("such entry");
    case "not_covered":
      return notCovered(viewer);
    case "not_own":
      return new Problem(403, "Only what you wrote yourself can be withdrawn, and no recheck.");
    case "not_the_agency":
      return new Problem(403, "A reply is the agency's own: it takes a key limited to the agency.");
    case "past_day":
      return new Problem(400, "The entry was not written.", {
        errors: [{ field: `body.${problem.field}`, detail: "lies in the past" }],
      });
  }
}
