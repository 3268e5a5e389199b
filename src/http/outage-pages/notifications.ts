import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import {
  countOutbox,
  findNotification,
  listNotifications,
  NOTIFICATION_STATES,
} from "../../reports/notifications.ts";
import { enqueueTest, retryNow } from "../../store/notification-requests.ts";
import type { Told } from "../../web/coverage-work/work-facts.ts";
import type { ChannelRow } from "../../web/notifications/channels-section.ts";
import { notificationsPage } from "../../web/notifications/page.ts";
import { NOTIFICATION_WORDS } from "../../web/notifications/words.ts";
import { writeContext } from "../access/write-context.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { blank, pageFields } from "../coverage-work-pages/paging.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { plainText, positionInstant, positionNumber, rowNumber } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { answerWith, outageFacts } from "./facts.ts";

const query = z.object({
  ...pageFields,
  state: blank(z.enum(NOTIFICATION_STATES)),
  channel: blank(plainText),
  told: z.enum(["retried", "tested"]).optional().catch(undefined),
});

const PAGE_SIZE = 50;

const position = z.tuple([positionInstant, positionNumber]).readonly();

/** GET /notifications: what went out, waits, or could not be delivered; for operators. */
export function notificationsHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const { told } = readQuery(c, query);
    const words = NOTIFICATION_WORDS[outageFacts(c, deps).lang];
    return showNotifications(
      c,
      deps,
      told === undefined ? null : { done: true, text: words.told[told] },
    );
  };
}

/** POST /notifications/{id}/retry: an undeliverable message is tried once more, at once. */
export function retryHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang } = outageFacts(c, deps);
    const id = rowNumber.safeParse(c.req.param("id"));
    if (!id.success || (await findNotification(deps.db, id.data)) === null) {
      throw notFound("such notification");
    }
    const revived = await retryNow(writeContext(c, deps), id.data, new Date(deps.clock()));
    if (revived) return c.redirect(`/notifications?lang=${lang}&told=retried`, 303);
    const text = NOTIFICATION_WORDS[lang].problems.not_dead;
    return showNotifications(c, deps, { done: false, text }, 409);
  };
}

/** POST /notifications/channels/{name}/test: a test message goes through the same outbox as everything. */
export function testChannelHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang } = outageFacts(c, deps);
    const channel = deps.channels.find(({ name }) => name === c.req.param("name"));
    if (channel === undefined) {
      const text = NOTIFICATION_WORDS[lang].problems.no_channel;
      return showNotifications(c, deps, { done: false, text }, 409);
    }
    const at = { now: new Date(deps.clock()), madeUp: deps.config.madeUp };
    await enqueueTest(writeContext(c, deps), channel.name, at);
    return c.redirect(`/notifications?lang=${lang}&told=tested`, 303);
  };
}

async function showNotifications(
  c: Context<AppEnv>,
  deps: AppDeps,
  told: Told | null,
  status: 200 | 409 = 200,
): Promise<Response> {
  const asked = c.req.method === "GET" ? readQuery(c, query) : {};
  const { state, channel, cursor } = asked;
  const list = `notifications-page ${JSON.stringify([state, channel])}`;
  const after = cursor === undefined ? null : decodeCursor(list, cursor, position);
  const [{ rows, next }, channels] = await Promise.all([
    listNotifications(deps.db, { state, channel }, { limit: PAGE_SIZE, after }),
    channelRows(deps),
  ]);
  const facts = outageFacts(c, deps);
  const page = notificationsPage({
    ...facts,
    channels,
    byPrometheus: deps.config.incidentsToldBy === "prometheus",
    query: { state, channel },
    rows,
    nextCursor: next && encodeCursor(list, next),
    first: after === null,
    told,
  });
  return answerWith(c, facts, page, status);
}

/** The configured channels with their numbers, then those that only the outbox still names. */
async function channelRows({ db, channels }: AppDeps): Promise<ChannelRow[]> {
  const counts = new Map((await countOutbox(db)).map((count) => [count.channel, count]));
  const named = new Set(channels.map(({ name }) => name));
  const gone = [...counts.keys()].filter((name) => !named.has(name));
  const all = [...channels, ...gone.map((name) => ({ name, kind: null }))];
  return all.map(({ name, kind }) => {
    const { pending = 0, sent = 0, dead = 0, oldest_pending_at = null } = counts.get(name) ?? {};
    return { name, kind, pending, sent, dead, oldest_pending_at };
  });
}
