import { createRoute, z } from "@hono/zod-openapi";
import { INCIDENT_KINDS, SEVERITIES } from "../../domain/incident/kinds.ts";
import { NOTIFY_EVENTS } from "../../domain/incident/notice.ts";
import {
  findNotification,
  listNotifications,
  NOTIFICATION_STATES,
} from "../../reports/notifications.ts";
import { enqueueTest, retryNow } from "../../store/notification-requests.ts";
import { requireUnlimited } from "../access/guards.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import {
  jsonAnswer,
  jsonBody,
  KEY_NEEDED,
  limitBody,
  listAnswer,
  onlyUtf8,
  PROBLEMS,
} from "../define-route.ts";
import { newApi } from "../env.ts";
import {
  listFields,
  noQuery,
  plainText,
  positionInstant,
  positionNumber,
  rowNumber,
} from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { isoInstant } from "../portals/schemas.ts";
import { notFound, Problem } from "../problem.ts";

const COLUMNS = [
  "id",
  "created_at",
  "event",
  "channel",
  "state",
  "attempts",
  "next_at",
  "sent_at",
  "error",
  "incident",
  "about.kind",
  "about.severity",
  "about.portal.id",
  "about.portal.name_vi",
  "step",
  "merged_into",
  "dedupe_key",
];

const eventSchema = z.enum(NOTIFY_EVENTS);
const stateSchema = z.enum(NOTIFICATION_STATES);

const notificationSchema = z
  .object({
    id: z.number().int(),
    incident: z.number().int().nullable(),
    event: eventSchema,
    step: z.number().int(),
    channel: z.string(),
    dedupe_key: z.string(),
    state: stateSchema,
    attempts: z.number().int(),
    next_at: isoInstant.nullable(),
    created_at: isoInstant,
    sent_at: isoInstant.nullable(),
    error: z.string().nullable(),
    merged_into: z.number().int().nullable(),
    about: z.object({
      kind: z.enum(INCIDENT_KINDS).nullable(),
      severity: z.enum(SEVERITIES).nullable(),
      portal: z.object({ id: z.string(), name_vi: z.string() }).nullable(),
    }),
  })
  .openapi("Notification", {
    description:
      "`dead`: given up after a day; `merged`: told within a digest, `merged_into`. `dedupe_key` is the same at every try.",
  });

// Channels are not divided by agency or province: whoever looks at them looks at all.
const common = {
  tags: ["Notifications"],
  security: KEY_NEEDED,
  middleware: [requireUnlimited("operator"), limitBody, onlyUtf8],
};

const list = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/notifications",
  summary: "The outbox: what was told to whom, waits, or was given up; the latest first",
  request: {
    query: z.strictObject({
      ...listFields,
      state: stateSchema.optional(),
      channel: plainText.optional(),
      incident: rowNumber.optional(),
      event: eventSchema.optional(),
    }),
  },
  responses: { 200: listAnswer(notificationSchema, "Notifications"), ...PROBLEMS },
});

const retry = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/notifications/{id}/retry",
  summary: "Try a notification that was given up once more",
  request: { params: z.object({ id: rowNumber }), query: noQuery },
  responses: { 200: jsonAnswer(notificationSchema, "It waits to be sent"), ...PROBLEMS },
});

const test = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/notifications/test",
  summary: "Send a test message through a channel",
  request: {
    query: noQuery,
    body: jsonBody(z.strictObject({ channel: plainText }).openapi("NotificationTest")),
  },
  responses: { 202: jsonAnswer(notificationSchema, "It waits to be sent"), ...PROBLEMS },
});

/** GET /api/v1/notifications, POST …/{id}/retry and …/test: operators without limits only. */
export function notifications(deps: AppDeps) {
  const oneOf = async (id: number) => {
    const found = await findNotification(deps.db, id);
    if (found === null) throw notFound(`notification ${id}`);
    const { message: _message, ...row } = found;
    return row;
  };
  return newApi()
    .openapi(list, (c) => {
      const { limit, cursor, format, ...filter } = c.req.valid("query");
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "notifications",
          columns: COLUMNS,
          position: z.tuple([positionInstant, positionNumber]).readonly(),
          read: (page) => listNotifications(deps.db, filter, page),
        },
      );
    })
    .openapi(test, async (c) => {
      const { channel } = c.req.valid("json");
      if (!deps.channels.some(({ name }) => name === channel)) {
        const known = deps.channels.map(({ name }) => name).join(", ");
        throw new Problem(400, "There is no such channel.", {
          errors: [
            { field: "body.channel", detail: `must be one of: ${known || "(none is set)"}` },
          ],
        });
      }
      const at = { now: new Date(deps.clock()), madeUp: deps.config.madeUp };
      return c.json(await oneOf(await enqueueTest(writeContext(c, deps), channel, at)), 202);
    })
    .openapi(retry, async (c) => {
      const { id } = c.req.valid("param");
      const before = await oneOf(id);
      if (!(await retryNow(writeContext(c, deps), id, new Date(deps.clock())))) {
        throw new Problem(
          409,
          `Only a notification that was given up is tried again; it is ${before.state}.`,
        );
      }
      return c.json(await oneOf(id), 200);
    });
}
