import { mayEscalate, tellingOf } from "../../domain/incident/telling.ts";
import { escalate, tell } from "./outbox-rows.ts";
import { endUntold, putHeld } from "./held.ts";
import { readNotices } from "./notice-facts.ts";
import type { SettleMemory } from "./name-server-book.ts";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";
import { calmView, readViews, type Surroundings } from "./telling-views.ts";
import { readToldChannels } from "./told-channels.ts";

/** So many are told in one round; the others in the next ones, so that none takes long. */
const AT_ONCE = 200;

/**
 * Says of every incident what must be said now: rows for the outbox, in the transaction that makes it true; or notes
 * why nobody is told at present. Whatever is not told now is asked again in the next round. Where others speak, only
 * the reasons are noted: their rules follow them.
 */
export async function tellAll(
  round: Round,
  rows: readonly OpenRow[],
  surroundings: Surroundings,
): Promise<void> {
  const { now, policy } = round;
  const due = rows.filter((row) => mayHaveNews(row, round));
  const views = await readViews(round, due, rows, surroundings);
  const held = new Map<OpenRow, string | null>();
  const news = due.flatMap((row) => {
    const view = views.get(row.id);
    if (!view) return [];
    const telling = tellingOf(view, now, policy);
    if (telling.event === null) held.set(row, telling.held);
    return telling.event === null ? [] : [{ row, event: telling.event }];
  });
  if (round.router === null) {
    const silence = round.toldBy === "prometheus" ? "prometheus" : "no_channel";
    for (const { row, event } of news) if (event !== "resolved") held.set(row, silence);
    await endUntold(round);
    return putHeld(round, held);
  }
  const first = nextOf(news, round.memory);
  const withNews = new Set(first.map(({ row }) => row));
  const later = due
    .filter((row) => {
      const view = views.get(row.id);
      const isDue = row.escalate_at !== null && row.escalate_at.getTime() <= now;
      return isDue && !withNews.has(row) && view !== undefined && mayEscalate(view);
    })
    .slice(0, AT_ONCE);
  const spoken = [...first.map(({ row }) => row), ...later];
  const [notices, channels] = [
    await readNotices(round, spoken, rows, surroundings),
    await readToldChannels(round, spoken),
  ];
  for (const { row, event } of first) {
    const notice = notices.get(row.id);
    if (!notice) continue;
    const wasTold = await tell(round, row, event, notice, channels.get(row.id) ?? []);
    held.set(row, wasTold ? null : "no_channel");
  }
  for (const row of later) {
    const notice = notices.get(row.id);
    if (notice) await escalate(round, row, notice);
  }
  await putHeld(round, held);
  await forgetFlapping(round, rows);
}

/**
 * What a round takes of all news. What no channel wanted when it was asked last comes after the others, and in turn:
 * however much of it there is, it keeps nothing from being told.
 */
function nextOf<News extends { readonly row: OpenRow }>(
  news: readonly News[],
  memory: SettleMemory,
): readonly News[] {
  const isUnwanted = ({ row }: News) => row.held === "no_channel";
  const fresh = news.filter((each) => !isUnwanted(each));
  const unwanted = news.filter(isUnwanted);
  const from = memory.askedAgain % Math.max(1, unwanted.length);
  const again = [...unwanted.slice(from), ...unwanted.slice(0, from)];
  const taken = again.slice(0, Math.max(0, AT_ONCE - fresh.length));
  memory.askedAgain = from + taken.length;
  return [...fresh.slice(0, AT_ONCE), ...taken];
}

/** Flapping that is over can be told again when it comes back. */
async function forgetFlapping({ trx }: Round, rows: readonly OpenRow[]): Promise<void> {
  const over = rows.filter(
    (row) =>
      row.told_at !== null && row.resolved_at === null && row.told?.flapping && !row.flapping,
  );
  for (const { id, told } of over) {
    const stable = JSON.stringify({ ...told, flapping: false });
    await trx.updateTable("incident").set({ told: stable }).where("id", "=", id).execute();
  }
}

/** Whether something might have to be said if nothing spoke against it; also what has a reason not to be told. */
function mayHaveNews(row: OpenRow, { now, policy }: Round): boolean {
  if (row.held !== null) return true;
  if (row.escalate_at !== null && row.escalate_at.getTime() <= now) return true;
  const { event, held } = tellingOf(calmView(row, now), now, policy);
  return event !== null || held !== null;
}
