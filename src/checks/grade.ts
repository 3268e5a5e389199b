import { FAMILIES, type Family } from "../domain/family.ts";
import type { Finding } from "../domain/finding.ts";
import type { GradeReading } from "../domain/judgement.ts";
import type { HttpsGrade } from "../domain/readiness.ts";
import { all, blockers, climb, type Condition, Findings, needs, type Truth } from "./condition.ts";

/** What each grade asks of a family that takes part, the lowest first. */
const GRADES: readonly { grade: HttpsGrade; asks: (family: Family) => readonly Condition[] }[] = [
  { grade: "C", asks: (family) => [needs("H1", family, "pass")] },
  { grade: "B", asks: (family) => [needs("H2", family, "pass")] },
  {
    grade: "A",
    asks: (family) => [needs("H3", family, "pass"), needs("H4", family, "pass")],
  },
];

/** Whether some address of a family accepts TCP on 443, so that the family takes part. */
function takesPart(findings: Findings, family: Family): Truth {
  const finding = findings.of("W1", family);
  if (finding === undefined) return "maybe";
  const { verdict, reason } = finding;
  if (reason === "some_closed_rest_unseen") return "maybe";
  if (verdict === "pass" || verdict === "warn" || reason === "partly_seen") return "yes";
  return verdict === "unknown" ? "maybe" : "no";
}

/** The HTTPS grade that one audit proves, the best that it leaves possible, and what is in the way of the next. */
export function gradeOf(given: readonly Finding[]): GradeReading {
  const findings = new Findings(given);
  const parts = FAMILIES.map((family) => ({ family, takesPart: takesPart(findings, family) }));
  const asked = parts.filter((part) => part.takesPart !== "no").map(({ family }) => family);
  if (asked.length === 0) return withoutHttps(findings);
  const steps = GRADES.map(({ grade, asks }) => {
    return {
      value: grade,
      met: asked.flatMap((family) => asks(family).map((one) => one(findings))),
    };
  });
  const possible = climb<HttpsGrade>("D", steps, ["yes", "maybe"]);
  const proven = climb<HttpsGrade>("D", steps, ["yes"]);
  const next = steps.find(({ met }) => all(met) !== "yes");
  const reading = { possible, blockers: blockers(next?.met ?? []) };
  // D says that HTTPS is broken where it is offered: both must be known.
  if (proven !== "D" || possible === "D") return { ...reading, grade: proven };
  return { grade: "U", possible, blockers: [] };
}

/** Port 443 is closed everywhere: E where port 80 answers; a portal that answers nowhere can't be graded. */
function withoutHttps(findings: Findings): GradeReading {
  const http = FAMILIES.map((family) => needs("W1", family, { reason: "only_port_80" })(findings));
  const answers = http.filter(({ truth }) => truth === "yes");
  if (answers.length === 0) return { grade: "U", possible: "A", blockers: [] };
  const closed = answers.map(({ blocker: { family } }) => needs("H1", family, "pass")(findings));
  return { grade: "E", possible: "E", blockers: blockers(closed) };
}
