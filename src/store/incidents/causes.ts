import {
  CAUSE_TYPES,
  type CauseType,
  findCauses,
  type FoundCause,
  isCauseBack,
  isCauseOver,
  type KnownCause,
  type Orphan,
} from "../../domain/incident/common-cause.ts";
import type { IncidentFacts } from "../../domain/incident/change.ts";
import { worseSeverity } from "../../domain/incident/kinds.ts";
import { readSubject, subjectText } from "../../domain/incident/subject.ts";
import { applyChanges } from "./apply-changes.ts";
import { addChildren, endedCauses, readChildren } from "./cause-rows.ts";
import { worsenCauses } from "./cause-standing.ts";
import { incidentFacts } from "./open-incidents.ts";
import { doubtOf } from "./doubt.ts";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";
import type { ShareBook } from "./shares.ts";
import type { Surroundings } from "./telling-views.ts";

/** Kinds of incidents that a common cause can explain. */
const GROUPED = ["down", "unresolvable"] as const;

type GroupedKind = (typeof GROUPED)[number];

/** An incident of a portal that may get a parent. */
interface Child extends Orphan {
  readonly row: OpenRow;
}

/**
 * Gathers incidents with one cause under one parent, ends parents whose children are well again, and lets those go on
 * that begin again. Incidents opened long ago and told one by one stay alone.
 */
export async function followCauses(
  round: Round,
  rows: readonly OpenRow[],
  { vantages, book }: Surroundings,
): Promise<void> {
  await endCauses(round, rows);
  await worsenCauses(round, rows);
  const parts = new Map(vantages.map((vantage) => [vantage.id, vantage.parts]));
  // What the place itself may have made has no other cause.
  const orphans = rows.filter((row) => isOrphan(row, round) && doubtOf(row, parts, round) === null);
  const parents = rows.filter(isCause);
  if (
    orphans.length === 0 ||
    (parents.length === 0 && orphans.length < round.policy.group.minChildren)
  ) {
    return;
  }
  await book.load(orphans.flatMap(({ portal_id }) => portal_id ?? []));
  for (const kind of GROUPED) {
    for (const network of new Set(orphans.map((row) => row.network))) {
      const isOf = (row: OpenRow) => row.kind === kind && row.network === network;
      await group(round, kind, orphans.filter(isOf), parents.filter(isOf), book);
    }
  }
}

async function group(
  round: Round,
  kind: GroupedKind,
  orphans: readonly OpenRow[],
  parents: readonly OpenRow[],
  book: ShareBook,
): Promise<void> {
  if (orphans.length === 0) return;
  const children: Child[] = orphans.map((row) => ({
    id: row.id,
    openedAt: row.opened_at.getTime(),
    shares: book.sharesOf(row),
    row,
  }));
  const { minChildren, children: enough } = round.policy.group;
  // Only where a handful fails does it matter how many there are in all.
  if (children.length >= minChildren && enough > minChildren) {
    await book.loadTotals(children.map(({ shares }) => shares));
  }
  const known = await Promise.all(parents.map((parent) => knownCause(round, parent)));
  const { joins, found } = findCauses(
    children,
    known,
    (type, value) => book.portalsWith(type, value) || Number.POSITIVE_INFINITY,
    round.policy.group,
  );
  const byId = new Map(children.map((child) => [child.id, child.row]));
  const rowsOf = (orphansOf: readonly Orphan[]) =>
    orphansOf.flatMap(({ id }) => byId.get(id) ?? []);
  for (const [parent, joining] of Map.groupBy(joins, (join) => join.parent)) {
    await addChildren(round, parent, rowsOf(joining.map(({ child }) => child)));
  }
  for (const cause of found) await openCause(round, kind, cause, rowsOf(cause.children));
}

async function openCause(
  round: Round,
  kind: GroupedKind,
  cause: FoundCause,
  children: readonly OpenRow[],
): Promise<void> {
  const { trx, now } = round;
  const incident = parentOf(kind, cause, children);
  const again = (await endedCauses(round)).find(
    (ended) =>
      ended.kind === kind &&
      ended.subject === incident.subject &&
      ended.network === incident.network,
  );
  const change = again
    ? ({ type: "reopen", at: now, id: again.id, incident } as const)
    : ({ type: "open", at: now, incident } as const);
  const [parent] = await applyChanges(trx, [change], now);
  if (parent === undefined) return;
  round.note([parent]);
  await addChildren(round, parent, children);
}

/** The incident that speaks for its children: as old as the first, as urgent as the worst of them. */
function parentOf(
  kind: GroupedKind,
  { type, value }: FoundCause,
  children: readonly OpenRow[],
): IncidentFacts {
  const facts = children.map(incidentFacts);
  const [first] = facts.toSorted((one, other) => one.openedAt - other.openedAt);
  if (!first) throw new Error("A common cause without children");
  const families = new Set(facts.map(({ family }) => family));
  const vantages = [...new Set(facts.flatMap(({ confirmation }) => confirmation.vantages))];
  const sum = (pick: (each: IncidentFacts) => number) =>
    facts.reduce((all, each) => all + pick(each), 0);
  return {
    kind,
    subject: subjectText({ type, name: value }),
    network: first.network,
    portal: null,
    family: families.size === 1 ? first.family : null,
    scope: facts.some(({ scope }) => scope === "whole") ? "whole" : "partial",
    severity: facts.map(({ severity }) => severity).reduce(worseSeverity),
    cause: mostFrequent(facts.map((each) => each.cause)),
    openedAt: first.openedAt,
    confirmedAt: Math.max(...facts.map(({ confirmedAt }) => confirmedAt)),
    lastBadAt: Math.max(...facts.map(({ lastBadAt }) => lastBadAt)),
    confirmation: {
      vantages: vantages.toSorted((one, other) => one - other),
      observations: sum(({ confirmation }) => confirmation.observations),
      confirmations: sum(({ confirmation }) => confirmation.confirmations),
      singleVantage: facts.every(({ confirmation }) => confirmation.singleVantage),
    },
    evidence: { shared: type, value },
    flapping: false,
  };
}

function mostFrequent(causes: readonly string[]): string {
  const counted = [...Map.groupBy(causes, (cause) => cause)];
  return counted.toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? "";
}

/** Ends parents most of whose children are well again, and lets those go on of which many have begun again. */
async function endCauses(round: Round, rows: readonly OpenRow[]): Promise<void> {
  const { trx, now, policy } = round;
  const open = rows.filter(isCause);
  const ended = await endedCauses(round);
  const children = await readChildren(
    trx,
    [...open, ...ended].map(({ id }) => id),
  );
  for (const parent of open) {
    // One whose children are gone with their portals has nothing more to speak for.
    const tally = children.get(parent.id) ?? { open: 0, resolved: 0, lastResolvedAt: null };
    if (!isCauseOver(tally)) continue;
    const resolvedAt = tally.lastResolvedAt ?? now;
    const change = {
      type: "resolve",
      at: now,
      id: parent.id,
      resolvedAt,
      closedBy: "children",
    } as const;
    round.note(await applyChanges(trx, [change], now));
  }
  for (const parent of ended) {
    const tally = children.get(parent.id);
    if (parent.closed_by === "person" || tally === undefined || !isCauseBack(tally, policy.group))
      continue;
    const incident = { ...incidentFacts(parent), lastBadAt: now };
    round.note(
      await applyChanges(trx, [{ type: "reopen", at: now, id: parent.id, incident }], now),
    );
  }
}

/** Orphans are the portals' own incidents that are new, or were not told yet. */
function isOrphan(row: OpenRow, { now, policy }: Round): boolean {
  if (!GROUPED.some((kind) => kind === row.kind) || row.portal_id === null) return false;
  if (row.parent_id !== null || row.resolved_at !== null) return false;
  return row.told_at === null || now - row.confirmed_at.getTime() <= 2 * policy.group.withinMs;
}

function isCause({ subject, resolved_at }: Pick<OpenRow, "subject" | "resolved_at">): boolean {
  return resolved_at === null && causeTypeOf(subject) !== null;
}

function causeTypeOf(subject: string): CauseType | null {
  const { type } = readSubject(subject);
  return CAUSE_TYPES.find((each) => each === type) ?? null;
}

async function knownCause({ trx }: Round, parent: OpenRow): Promise<KnownCause> {
  const last = await trx
    .selectFrom("incident")
    .select((query) => query.fn.max("opened_at").as("at"))
    .where("parent_id", "=", parent.id)
    .executeTakeFirst();
  const { type, name } = readSubject(parent.subject);
  return {
    id: parent.id,
    type: type as CauseType,
    value: name,
    lastOpenedAt: (last?.at ?? parent.opened_at).getTime(),
  };
}
