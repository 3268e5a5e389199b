import type { ChallengeProblem } from "../../store/coverage-challenges.ts";
import { notCovered } from "../access/guards.ts";
import type { Viewer } from "../access/viewer.ts";
import { notFound, Problem } from "../problem.ts";

/** How a challenge's refusal is told. */
export function challengeRefused(problem: ChallengeProblem, viewer: Viewer): Problem {
  switch (problem.kind) {
    case "no_challenge":
      return notFound("such challenge");
    case "no_figure":
      return wrong("figure_id", "there is no such figure");
    case "no_release":
      return wrong("release", "there is no such release");
    case "not_in_release":
      return wrong("release", "this release does not show the figure");
    case "not_covered":
      return notCovered(viewer);
    case "withdrawn":
      return new Problem(409, "This figure was withdrawn: there is nothing to challenge.");
    case "replaced":
      return new Problem(
        409,
        `This figure was replaced by ${problem.current}. Challenge that one, or name the release that shows this one.`,
      );
    case "closed":
      return new Problem(409, "This challenge is closed.");
    case "answered":
      return new Problem(409, "The source has answered this challenge.");
    case "awaits_answer":
      return new Problem(
        409,
        "The source still has time to answer: a challenge is decided after its answer, or when it is overdue.",
      );
    case "outcome_contradicts":
      return wrong("outcome_code", "contradicts how the challenge would end");
    case "figure_changed":
      return new Problem(
        409,
        `The figure was changed meanwhile. Look at revision ${problem.current}, and name it in replaces if it is to be written over.`,
      );
    case "same_figure":
      return wrong("correction", "says what the figure says already");
    case "wrong_correction":
      return new Problem(400, "The correction was not written.", {
        errors: problem.faults.map(({ field, detail }) => ({
          field: `body.correction.${field}`,
          detail,
        })),
      });
  }
}

function wrong(field: string, detail: string): Problem {
  return new Problem(400, "The challenge was not written.", {
    errors: [{ field: `body.${field}`, detail }],
  });
}
