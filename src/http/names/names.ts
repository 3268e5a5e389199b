import { createRoute, z } from "@hono/zod-openapi";
import { SEEN_HOWS } from "../../domain/seen-names.ts";
import { findSeenName, listSeenNames, NAME_STATES } from "../../reports/seen-names.ts";
import { decideName, type NameProblem } from "../../store/name-decisions.ts";
import { notCovered, requireRole } from "../access/guards.ts";
import type { Viewer } from "../access/viewer.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, jsonBody, KEY_NEEDED, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, noQuery, plainText, positionText, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { isoInstant } from "../portals/schemas.ts";
import { notFound, Problem } from "../problem.ts";

const COLUMNS = [
  "host",
  "state",
  "how",
  "detail",
  "portal.id",
  "portal.name_vi",
  "agency.id",
  "agency.name_vi",
  "decided_by",
  "decided_at",
  "reason",
  "first_seen",
  "last_seen",
];

const named = z.object({ id: z.string(), name_vi: z.string() });

const nameSchema = z
  .object({
    host: z.string(),
    how: z.enum(SEEN_HOWS),
    detail: z.string().nullable(),
    portal: named.nullable(),
    agency: named.nullable(),
    state: z.enum(NAME_STATES),
    decided_by: z.string().nullable(),
    decided_at: isoInstant.nullable(),
    reason: z.string().nullable(),
    first_seen: isoInstant,
    last_seen: isoInstant,
  })
  .openapi("SeenName", {
    description:
      "`open`: no portal of the list has this host, and nobody has listed or declined it. `portal` is where it was " +
      "seen, or which portal it was listed as.",
  });

const reason = z.string().trim().min(1).max(4000);
const decisionInput = z
  .discriminatedUnion("decision", [
    z.strictObject({ decision: z.literal("listed"), portal: slug, reason: reason.nullish() }),
    z.strictObject({ decision: z.literal("declined"), reason }),
  ])
  .openapi("NameDecision");

const list = createRoute({
  method: "get",
  path: "/api/v1/names",
  summary:
    "Host names that audits and imported lists saw; by default those that nobody has listed or declined",
  tags: ["Denominator"],
  security: KEY_NEEDED,
  middleware: [requireRole("reader")],
  request: {
    query: z.strictObject({
      ...listFields,
      state: z.enum([...NAME_STATES, "all"]).default("open"),
      how: z.enum(SEEN_HOWS).optional(),
      agency: slug.optional(),
      q: plainText.optional(),
    }),
  },
  responses: { 200: listAnswer(nameSchema, "Names"), ...PROBLEMS },
});

const decide = createRoute({
  method: "post",
  path: "/api/v1/names/{host}/decision",
  summary: "Say which portal a name belongs to, or why it does not belong on the list",
  tags: ["Denominator"],
  ...OPERATOR_WRITES,
  request: {
    params: z.object({ host: plainText.max(253) }),
    query: noQuery,
    body: jsonBody(decisionInput),
  },
  responses: { 200: jsonAnswer(nameSchema, "The name"), ...PROBLEMS },
});

/** GET /api/v1/names, POST /api/v1/names/{host}/decision. */
export function names(deps: AppDeps) {
  return newApi()
    .openapi(list, (c) => {
      const { limit, cursor, format, state, ...wanted } = c.req.valid("query");
      const { agency, province } = c.get("viewer");
      const filter = {
        ...wanted,
        state: state === "all" ? undefined : state,
        scope: { agency, province },
      };
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "names",
          columns: COLUMNS,
          position: z.tuple([positionText]).readonly(),
          read: (page) => listSeenNames(deps.db, filter, page),
        },
      );
    })
    .openapi(decide, async (c) => {
      const { host } = c.req.valid("param");
      const { reason = null, ...input } = c.req.valid("json");
      const wanted =
        input.decision === "listed" ? { ...input, reason } : { ...input, reason: reason ?? "" };
      const context = writeContext(c, deps);
      const decided = await decideName(context, host, wanted, new Date(deps.clock()));
      if (!decided.ok) throw toProblem(c.get("viewer"), decided.problem);
      const name = await findSeenName(deps.db, host);
      if (name === null) throw notFound("such name");
      return c.json(name, 200);
    });
}

function toProblem(viewer: Viewer, problem: NameProblem): Problem {
  switch (problem.kind) {
    case "no_name":
      return notFound("such name");
    case "not_covered":
      return notCovered(viewer);
    case "no_portal":
      return new Problem(400, "The decision was not written.", {
        errors: [{ field: "body.portal", detail: "there is no portal with this id" }],
      });
  }
}
