import { createRoute, z } from "@hono/zod-openapi";
import { LIFECYCLES, PORTAL_KINDS } from "../../domain/portal.ts";
import { listConfirmations } from "../../reports/confirmations.ts";
import { confirmPortal } from "../../store/portal-confirmations.ts";
import { notCovered, requireRole } from "../access/guards.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonBody, KEY_NEEDED, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import {
  listFields,
  noQuery,
  positionInstant,
  positionText,
  provinceCode,
  slug,
  yes,
} from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { isoInstant } from "../portals/schemas.ts";
import { notFound } from "../problem.ts";

const COLUMNS = [
  "id",
  "url",
  "name_vi",
  "kind",
  "agency.id",
  "agency.name_vi",
  "lifecycle",
  "source",
  "evidence_class",
  "created_at",
  "confirmed.by",
  "confirmed.at",
  "confirmed.source",
  "confirmations",
];

const confirmationSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    name_vi: z.string(),
    kind: z.enum(PORTAL_KINDS),
    agency: z.object({ id: z.string(), name_vi: z.string() }),
    lifecycle: z.enum(LIFECYCLES),
    source: z.string().nullable(),
    evidence_class: z.string().nullable(),
    created_at: isoInstant,
    confirmed: z
      .object({ by: z.string(), at: isoInstant, source: z.string().nullable() })
      .nullable(),
    confirmations: z.number().int(),
  })
  .openapi("ListedPortal", { description: "`confirmed` is the last confirmation." });

const confirmationInput = z
  .strictObject({
    confirmed_by: z.string().trim().min(1).max(300).openapi({ description: "Person or unit." }),
    source: z
      .string()
      .trim()
      .min(1)
      .max(4000)
      .nullish()
      .openapi({ description: "Document or other source." }),
  })
  .openapi("ConfirmationInput");

const list = createRoute({
  method: "get",
  path: "/api/v1/confirmations",
  summary:
    "Which portals the list holds, from which source, and who confirmed them: the unconfirmed first",
  tags: ["Denominator"],
  security: KEY_NEEDED,
  middleware: [requireRole("reader")],
  request: {
    query: z.strictObject({
      ...listFields,
      agency: slug.optional(),
      province: provinceCode.optional(),
      lifecycle: z.enum(LIFECYCLES).optional(),
      confirmed: yes.optional(),
    }),
  },
  responses: { 200: listAnswer(confirmationSchema, "Portals"), ...PROBLEMS },
});

const confirm = createRoute({
  method: "post",
  path: "/api/v1/portals/{id}/confirmations",
  summary: "Confirm that a portal belongs on the list",
  tags: ["Denominator"],
  ...OPERATOR_WRITES,
  request: { params: z.object({ id: slug }), query: noQuery, body: jsonBody(confirmationInput) },
  responses: { 204: { description: "It is noted." }, ...PROBLEMS },
});

/** GET /api/v1/confirmations, POST /api/v1/portals/{id}/confirmations; people's names need a key. */
export function confirmations(deps: AppDeps) {
  return newApi()
    .openapi(list, (c) => {
      const { limit, cursor, format, ...wanted } = c.req.valid("query");
      const { agency, province } = c.get("viewer");
      const filter = { ...wanted, scope: { agency, province } };
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "confirmations",
          columns: COLUMNS,
          position: z.tuple([positionInstant, positionText]).readonly(),
          read: (page) => listConfirmations(deps.db, filter, page),
        },
      );
    })
    .openapi(confirm, async (c) => {
      const { id } = c.req.valid("param");
      const { confirmed_by: confirmedBy, source = null } = c.req.valid("json");
      const now = new Date(deps.clock());
      const noted = await confirmPortal(writeContext(c, deps), id, { confirmedBy, source }, now);
      if (noted.ok) return c.body(null, 204);
      throw noted.problem.kind === "no_portal"
        ? notFound("such portal")
        : notCovered(c.get("viewer"));
    });
}
