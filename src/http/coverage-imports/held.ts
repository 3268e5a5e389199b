import { createRoute, z } from "@hono/zod-openapi";
import { listHeld } from "../../reports/coverage-imports/held.ts";
import { findSubmission } from "../../reports/coverage-imports/submissions.ts";
import {
  decideHeldRow,
  decideHeldRows,
  type HeldDecision,
  type HeldProblem,
} from "../../store/held-decisions.ts";
import { requireUnlimited } from "../access/guards.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import {
  jsonAnswer,
  jsonBody,
  KEY_NEEDED,
  limitBody,
  listAnswer,
  onlyJson,
  onlyUtf8,
  PROBLEMS,
} from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, noQuery, plainText, positionNumber, rowNumber } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound, Problem } from "../problem.ts";
import { requireRegister } from "./access.ts";
import { decidedSchema, heldSchema, heldState, ruleId } from "./schemas.ts";

const COLUMNS = [
  "id",
  "submission",
  "file",
  "sheet",
  "row",
  "unit.level",
  "unit.code",
  "unit.name_vi",
  "province",
  "state",
  "rules",
  "proposed_by",
  "proposed_at",
  "decided_by",
  "decided_at",
  "reason",
];

const reason = plainText.openapi({ description: "Kept with the figures." });
const tags = ["Coverage imports"];

const list = createRoute({
  method: "get",
  path: "/api/v1/coverage/held",
  summary: "Rows that wait for a person, with why; or those that were decided",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("reader")],
  request: {
    query: z.strictObject({
      ...listFields,
      state: heldState.optional(),
      submission: rowNumber.optional(),
      rule: ruleId.optional(),
    }),
  },
  responses: { 200: listAnswer(heldSchema, "Held rows"), ...PROBLEMS },
});

// Who is limited to a province sends its figures: whether doubtful ones count is for others to say.
const writes = {
  tags,
  security: KEY_NEEDED,
  middleware: [requireUnlimited("operator"), limitBody, onlyUtf8, onlyJson],
};

const decide = (verdict: "accept" | "refuse", summary: string) =>
  createRoute({
    ...writes,
    method: "post",
    path: `/api/v1/coverage/held/{id}/${verdict}`,
    summary,
    request: {
      params: z.object({ id: rowNumber }),
      query: noQuery,
      body: jsonBody(z.strictObject({ reason }).openapi("HeldReason")),
    },
    responses: { 200: jsonAnswer(decidedSchema, "What became of it"), ...PROBLEMS },
  });

const accept = decide("accept", "Accept a held row: its figures come into the register");
const refuse = decide("refuse", "Refuse a held row: its figures stay out");

const all = createRoute({
  ...writes,
  method: "post",
  path: "/api/v1/coverage/imports/{id}/held",
  summary: "Decide all rows of one file that wait, or of them those that a rule holds",
  request: {
    params: z.object({ id: rowNumber }),
    query: noQuery,
    body: jsonBody(
      z
        .strictObject({ verdict: z.enum(["accept", "refuse"]), rule: ruleId.optional(), reason })
        .openapi("HeldBulkDecision"),
    ),
  },
  responses: { 200: jsonAnswer(decidedSchema, "What became of them"), ...PROBLEMS },
});

/** GET /api/v1/coverage/held, POST …/held/{id}/accept and …/refuse, POST /api/v1/coverage/imports/{id}/held. */
export function coverageHeld(deps: AppDeps) {
  const { db } = deps;
  const decision = (verdict: HeldDecision["verdict"], why: string): HeldDecision => ({
    verdict,
    reason: why,
    secondApproval: deps.config.coverageSecondApproval,
    now: new Date(deps.clock()),
  });
  const told = <Decided extends { readonly figures: number }>(decided: Decided): Decided => {
    if (decided.figures > 0) deps.onCoverageChanged();
    return decided;
  };
  return newApi()
    .openapi(list, (c) => {
      const { state, submission, rule, ...query } = c.req.valid("query");
      const filter = { state, submission, rule, province: c.get("viewer").province };
      return respondWithList(c, query, {
        name: "coverage-held",
        columns: COLUMNS,
        position: z.tuple([positionNumber]).readonly(),
        read: (page) => listHeld(db, filter, page),
      });
    })
    .openapi(accept, async (c) => {
      const { id } = c.req.valid("param");
      const wanted = decision("accept", c.req.valid("json").reason);
      const decided = await decideHeldRow(writeContext(c, deps), id, wanted);
      if (!decided.ok) throw toProblem(decided.problem);
      return c.json(told(decided.value), 200);
    })
    .openapi(refuse, async (c) => {
      const { id } = c.req.valid("param");
      const wanted = decision("refuse", c.req.valid("json").reason);
      const decided = await decideHeldRow(writeContext(c, deps), id, wanted);
      if (!decided.ok) throw toProblem(decided.problem);
      return c.json(told(decided.value), 200);
    })
    .openapi(all, async (c) => {
      const { id: submission } = c.req.valid("param");
      const { verdict, rule = null, reason: why } = c.req.valid("json");
      if ((await findSubmission(db, submission, null)) === null) throw notFound("such import");
      const wanted = decision(verdict, why);
      const done = await decideHeldRows(writeContext(c, deps), { submission, rule }, wanted);
      return c.json(told(done), 200);
    });
}

function toProblem({ kind }: HeldProblem): Problem {
  switch (kind) {
    case "no_row":
      return notFound("such held row");
    case "decided":
      return new Problem(409, "This row was decided already.");
    case "superseded":
      return new Problem(
        409,
        "Newer figures of this unit came meanwhile and took the place of this row: there is nothing to decide.",
      );
    case "same_person":
      return new Problem(409, "You proposed this row yourself: somebody else has to agree.");
  }
}
