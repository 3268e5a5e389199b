import { createRoute, z } from "@hono/zod-openapi";
import { addDays, type Day, monthStart } from "../../domain/calendar.ts";
import {
  AVAILABILITY_SPANS,
  type AvailabilityFilter,
  type AvailabilityPosition,
  listAvailability,
} from "../../reports/availability.ts";
import { availabilityWorkbook } from "../../reports/availability-workbook.ts";
import type { PageRequest } from "../../reports/page.ts";
import { allPages } from "../../reports/table-workbook.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, positionText, provinceCode, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { sheetFormat, withSheet } from "../lists/sheet.ts";
import { familySchema } from "../portals/schemas.ts";
import { today, viewpoint } from "../viewpoint.ts";

const COLUMNS = [
  "start",
  "id",
  "name_vi",
  "days",
  "slots",
  "up",
  "down",
  "unknown",
  "maintenance",
  "ratio",
  "unknown_ratio",
];

const count = z.number().int().nonnegative();
const ratio = z.number().min(0).max(1).nullable();

const availabilitySchema = z
  .object({
    start: z.string().openapi({ format: "date", description: "First day of the period." }),
    id: z.string(),
    name_vi: z.string(),
    days: count,
    slots: count,
    up: count,
    down: count,
    unknown: count,
    maintenance: count,
    ratio,
    unknown_ratio: ratio,
  })
  .openapi("Availability", {
    description:
      "Runs that were due (`slots`) over the families that were published = up + down + unknown + maintenance. `ratio` = up / (up + down); `unknown_ratio` = unknown / slots, the share that could not be told.",
  });

const route = createRoute({
  method: "get",
  path: "/api/v1/availability",
  summary: "Availability of portals or agencies per day, month or quarter, the latest first",
  description:
    "Of periods that are rolled up, seen from this service's vantage point. An agency's is the sum over its portals.",
  tags: ["Availability"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      format: sheetFormat,
      by: z.enum(["portal", "agency"]).default("portal"),
      span: z.enum(AVAILABILITY_SPANS).default("day"),
      family: familySchema.optional().openapi({ description: "Both unless given." }),
      portal: slug.optional(),
      agency: slug.optional(),
      province: provinceCode.optional(),
      from: day.optional().openapi({
        description:
          "From the period that holds this day of the reporting time zone on; a month, a year or two years back unless given.",
      }),
      to: day.optional().openapi({ description: "Up to this day, without it." }),
    }),
  },
  responses: { 200: withSheet(listAnswer(availabilitySchema, "Periods")), ...PROBLEMS },
});

/** How far back is shown unless asked otherwise, days. */
const BACK: Readonly<Record<AvailabilityFilter["span"], number>> = {
  day: 31,
  month: 365,
  quarter: 730,
};

const POSITION = z.tuple([day, positionText]).readonly();

/** GET /api/v1/availability. */
export function availability(deps: AppDeps) {
  return newApi().openapi(route, (c) => {
    const { limit, cursor, format, ...wanted } = c.req.valid("query");
    const { vantage, now } = viewpoint(deps);
    const from = periodStart(wanted.span, wanted.from ?? addDays(today(deps), -BACK[wanted.span]));
    const filter: AvailabilityFilter = { ...wanted, from, vantage };
    const read = (page: PageRequest<AvailabilityPosition>) =>
      listAvailability(deps.db, filter, page);
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: `availability-${wanted.by}-${wanted.span}`,
        columns: COLUMNS,
        position: POSITION,
        read,
        workbook: async () => availabilityWorkbook(await allPages(read), filter, new Date(now)),
      },
    );
  });
}

/** The first day of the period that a day lies in. */
function periodStart(span: AvailabilityFilter["span"], on: Day): Day {
  if (span === "day") return on;
  if (span === "month") return monthStart(on);
  const month = Number(on.slice(5, 7));
  return `${on.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
}
