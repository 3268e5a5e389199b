import { createRoute, z } from "@hono/zod-openapi";
import type { Page, PageRequest } from "../../reports/page.ts";
import { toPage } from "../../reports/page.ts";
import { type AuditEntry, listAudit } from "../../store/audit-log.ts";
import { requireUnlimited } from "../access/guards.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_NEEDED, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, plainText } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";

const COLUMNS = ["id", "at", "key_id", "actor", "action", "object_type", "object_id"];

const anyObject = z.record(z.string(), z.unknown()).nullable();
const entrySchema = z
  .object({
    id: z.number().int(),
    at: z.string().openapi({ format: "date-time" }),
    key_id: z.number().int().nullable(),
    actor: z.string(),
    action: z.string(),
    object_type: z.string(),
    object_id: z.string(),
    before: anyObject,
    after: anyObject,
  })
  .openapi("AuditEntry");

const route = createRoute({
  method: "get",
  path: "/api/v1/audit-log",
  summary: "Every write: who, when, what, before and after; newest first",
  tags: ["Administration"],
  security: KEY_NEEDED,
  middleware: [requireUnlimited("operator")],
  request: {
    query: z.strictObject({
      ...listFields,
      object_type: plainText.optional(),
      object_id: plainText.optional(),
    }),
  },
  responses: { 200: listAnswer(entrySchema, "Writes"), ...PROBLEMS },
});

/** GET /api/v1/audit-log. */
export function auditLog(deps: AppDeps) {
  return newApi().openapi(route, (c) => {
    const { object_type: objectType, object_id: objectId, ...query } = c.req.valid("query");
    const filter = {
      ...(objectType === undefined ? {} : { objectType }),
      ...(objectId === undefined ? {} : { objectId }),
    };
    return respondWithList(c, query, {
      name: "audit-log",
      columns: COLUMNS,
      position: z.tuple([z.int()]).readonly(),
      read: (page) => readPage(deps, filter, page),
    });
  });
}

type Position = readonly [number];

async function readPage(
  deps: AppDeps,
  filter: { objectType?: string; objectId?: string },
  { limit, after }: PageRequest<Position>,
): Promise<Page<z.infer<typeof entrySchema>, Position>> {
  const entries = await listAudit(deps.db, {
    ...filter,
    limit: limit + 1,
    ...(after ? { before: after[0] } : {}),
  });
  return toPage(entries.map(toRow), limit, ({ id }): Position => [id]);
}

function toRow(entry: AuditEntry): z.infer<typeof entrySchema> {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    key_id: entry.keyId,
    actor: entry.actor,
    action: entry.action,
    object_type: entry.objectType,
    object_id: entry.objectId,
    before: entry.before as z.infer<typeof anyObject>,
    after: entry.after as z.infer<typeof anyObject>,
  };
}
