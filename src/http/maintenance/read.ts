import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import {
  findMaintenance,
  listMaintenance,
  type MaintenanceRow,
} from "../../reports/maintenance.ts";
import { nextOccurrences } from "../../store/maintenance-next.ts";
import { covers, hasRole } from "../access/viewer.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, listAnswer, onlyJson, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import {
  listFields,
  noQuery,
  positionNumber,
  provinceCode,
  rowNumber,
  slug,
} from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound } from "../problem.ts";
import { windowSchema, windowStateSchema } from "./schemas.ts";

const COLUMNS = [
  "id",
  "title",
  "note",
  "target.type",
  "target.id",
  "target.name_vi",
  "starts_at",
  "duration_minutes",
  "rrule",
  "timezone",
  "state",
  "created_by",
  "created_at",
  "cancelled_by",
  "cancelled_at",
];

const list = createRoute({
  method: "get",
  path: "/api/v1/maintenance-windows",
  summary: "Maintenance windows, the latest made first",
  tags: ["Maintenance"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      state: windowStateSchema.optional(),
      portal: slug
        .optional()
        .openapi({ description: "That hold for this portal, by whatever target." }),
      agency: slug.optional().openapi({ description: "For this agency as a whole." }),
      province: provinceCode.optional().openapi({ description: "For this province as a whole." }),
    }),
  },
  responses: { 200: listAnswer(windowSchema, "Windows"), ...PROBLEMS },
});

const one = createRoute({
  method: "get",
  path: "/api/v1/maintenance-windows/{id}",
  summary: "One maintenance window with its next five occurrences",
  tags: ["Maintenance"],
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: { params: z.object({ id: rowNumber }), query: noQuery },
  responses: { 200: jsonAnswer(windowSchema, "The window"), ...PROBLEMS },
});

/** GET /api/v1/maintenance-windows and one of them. */
export function maintenanceReads(deps: AppDeps) {
  return newApi()
    .openapi(list, (c) => {
      const { limit, cursor, format, ...filter } = c.req.valid("query");
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "maintenance-windows",
          columns: COLUMNS,
          position: z.tuple([positionNumber]).readonly(),
          async read(page) {
            const { rows, next } = await listMaintenance(deps.db, deps.clock(), filter, page);
            return { rows: rows.map((row) => visibleWindow(c, deps, row)), next };
          },
        },
      );
    })
    .openapi(one, async (c) => c.json(await windowOrThrow(c, deps, c.req.valid("param").id), 200));
}

/** The next occurrences that an answer shows. */
const SHOWN = 5;

/** A window as this viewer may see it, with its next occurrences by its rule. Throws 404. */
export async function windowOrThrow(c: Context<AppEnv>, deps: AppDeps, id: number) {
  const now = deps.clock();
  const row = await findMaintenance(deps.db, id, now);
  if (row === null) throw notFound(`maintenance window ${id}`);
  const after = Math.max(now, ...row.next.map(({ starts_at: at }) => Date.parse(at)));
  const more = await nextOccurrences(deps.db, id, { after, count: SHOWN - row.next.length });
  const later = more.map(({ startsAt, endsAt }) => ({
    starts_at: new Date(startsAt).toISOString(),
    ends_at: new Date(endsAt).toISOString(),
  }));
  return visibleWindow(c, deps, { ...row, next: [...row.next, ...later] });
}

/** What everyone may see of a window: that it is, for what and when. */
function visibleWindow(
  c: Context<AppEnv>,
  { config }: Pick<AppDeps, "config">,
  { belongs, note, created_by, cancelled_by, ...row }: MaintenanceRow,
) {
  const viewer = c.get("viewer");
  const belonging = { agency: belongs.agency ?? "", province: belongs.province };
  const open =
    config.publicRead === "all" || (hasRole(viewer, "reader") && covers(viewer, belonging));
  return open ? { ...row, note, created_by, cancelled_by } : row;
}
