import { createRoute, z } from "@hono/zod-openapi";
import { incidentWorkbook } from "../../reports/incidents/workbook.ts";
import {
  type IncidentFilter,
  type IncidentPosition,
  listIncidents,
} from "../../reports/incidents/list.ts";
import type { PageRequest } from "../../reports/page.ts";
import { allPages } from "../../reports/table-workbook.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import {
  instant,
  listFields,
  positionInstant,
  positionNumber,
  provinceCode,
  slug,
  yes,
} from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { sheetFormat, withSheet } from "../lists/sheet.ts";
import { incidentKindSchema, incidentSchema, severitySchema } from "./schemas.ts";
import { visibleIncident } from "./visible.ts";

const COLUMNS = [
  "id",
  "kind",
  "severity",
  "scope",
  "family",
  "portal.id",
  "portal.name_vi",
  "portal.url",
  "portal.agency.id",
  "portal.agency.name_vi",
  "portal.province.code",
  "opened_at",
  "resolved_at",
  "duration_seconds",
  "confirmed_at",
  "last_bad_at",
  "subject.type",
  "subject.name",
  "cause",
  "network",
  "vantage",
  "closed_by",
  "parent",
  "children",
  "members",
  "flapping",
  "reopened",
  "told_at",
  "held",
  "acknowledged.by",
  "acknowledged.at",
  "acknowledged.until",
];

const route = createRoute({
  method: "get",
  path: "/api/v1/incidents",
  summary: "Incidents, the latest opening first",
  description:
    "Everyone who may read sees that there is an incident, its kind, severity and since when; the rest needs a key.",
  tags: ["Incidents"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      format: sheetFormat,
      open: yes.optional().openapi({ description: "Only those that are open, or have ended." }),
      kind: incidentKindSchema.optional(),
      severity: severitySchema.optional(),
      portal: slug.optional().openapi({
        description: "Of this portal, incidents of several among which it is too.",
      }),
      agency: slug.optional(),
      province: provinceCode.optional(),
      from: instant.optional().openapi({ description: "Going on at this instant or later." }),
      to: instant.optional().openapi({ description: "Opened before this instant." }),
    }),
  },
  responses: { 200: withSheet(listAnswer(incidentSchema, "Incidents")), ...PROBLEMS },
});

const POSITION = z.tuple([positionInstant, positionNumber]).readonly();

/** GET /api/v1/incidents. */
export function incidentList(deps: AppDeps) {
  return newApi().openapi(route, (c) => {
    const { limit, cursor, format, from, to, ...rest } = c.req.valid("query");
    const filter: IncidentFilter = { ...rest, from: toDate(from), to: toDate(to) };
    const visible = visibleIncident(c.get("viewer"), deps.config.publicRead);
    const now = deps.clock();
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: "incidents",
        columns: COLUMNS,
        position: POSITION,
        async read(page) {
          const { rows, next } = await listIncidents(deps.db, now, filter, page);
          return { rows: rows.map(visible), next };
        },
        async workbook() {
          const rows = await allPages((page: PageRequest<IncidentPosition>) =>
            listIncidents(deps.db, now, filter, page),
          );
          return incidentWorkbook(rows.map(visible), new Date(now));
        },
      },
    );
  });
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
