import { createRoute, z } from "@hono/zod-openapi";
import { listVantagePoints, type VantageRow } from "../../reports/vantage-points.ts";
import { hasRole } from "../access/viewer.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { noQuery } from "../lists/fields.ts";

const familySchema = z.object({
  healthy: z.boolean(),
  anchors_answered: z.number().int(),
  anchors_tried: z.number().int(),
  why: z.string(),
  source_address: z.string().nullable().optional().openapi({
    description: "Absent for those who may not see addresses.",
  }),
});

const vantageSchema = z
  .object({
    name: z.string(),
    country: z.string().nullable(),
    note: z.string().nullable(),
    checked_at: z.string().nullable().openapi({ format: "date-time" }),
    families: z.object({ ip4: familySchema, ip6: familySchema }).nullable(),
    resolver: z.object({ usable: z.boolean(), why: z.string() }).nullable(),
    dns64_prefix: z.string().nullable(),
  })
  .openapi("VantagePoint");

const route = createRoute({
  method: "get",
  path: "/api/v1/vantage-points",
  summary: "The places that probes are sent from, and what each can reach",
  tags: ["Places"],
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: { query: noQuery },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(vantageSchema), next_cursor: z.null() }),
      "All vantage points: there are few, so there is one page.",
    ),
    ...PROBLEMS,
  },
});

/** What must be said of every result that was not measured in Viet Nam. */
const ABROAD =
  "Many portals answer only inside Viet Nam: what this place cannot reach may work there.";

/** GET /api/v1/vantage-points. */
export function vantageList(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const open = deps.config.publicRead === "all" || hasRole(c.get("viewer"), "reader");
    const rows = await listVantagePoints(deps.db, deps.vantage());
    const items = rows.map((row) => ({
      ...(open ? row : withoutAddresses(row)),
      note: row.country === "VN" ? null : ABROAD,
    }));
    return c.json({ items, next_cursor: null }, 200);
  });
}

function withoutAddresses(row: VantageRow) {
  if (row.families === null) return { ...row, families: null };
  const { ip4, ip6 } = row.families;
  const [first, second] = [ip4, ip6].map(({ source_address: _address, ...family }) => family);
  return { ...row, families: { ip4: first ?? ip4, ip6: second ?? ip6 } };
}
