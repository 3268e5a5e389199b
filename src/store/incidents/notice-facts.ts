import { sql } from "kysely";
import { CAUSE_TYPES } from "../../domain/incident/common-cause.ts";
import type { Confirmation } from "../../domain/incident/change.ts";
import type { NoticePortal, NoticeShare } from "../../domain/incident/notice.ts";
import { readSubject } from "../../domain/incident/subject.ts";
import type { PortalKind } from "../../domain/portal.ts";
import { readMembers } from "./members.ts";
import type { OpenRow } from "./open-rows.ts";
import type { Notice } from "./outbox-rows.ts";
import type { Round } from "./round.ts";
import type { Surroundings } from "./telling-views.ts";
import type { ShareBook } from "./shares.ts";

/** Portals that are named in one message; how many there are in all is said beside them. */
const NAMED = 20;

/** What is said of these incidents, by number; `all` are the incidents that are open. */
export async function readNotices(
  round: Round,
  rows: readonly OpenRow[],
  all: readonly OpenRow[],
  { vantages, book }: Surroundings,
): Promise<Map<number, Notice>> {
  if (rows.length === 0) return new Map();
  const members = await readMembers(round, rows);
  const portals = await readPortals(round, [...members.values()].flat());
  const failing = await loadShares(rows, all, book);
  const names = new Map(vantages.map(({ id, name }) => [id, name]));
  return new Map(
    rows.map((row) => {
      const own = (members.get(row.id) ?? []).flatMap((id) => portals.get(id) ?? []);
      return [row.id, noticeOf(row, own, names, sharesOf(row, failing, book))];
    }),
  );
}

function noticeOf(
  row: OpenRow,
  portals: readonly NoticePortal[],
  names: ReadonlyMap<number, string>,
  shares: readonly NoticeShare[],
): Notice {
  const confirmation = row.confirmation as Partial<Confirmation>;
  const isOne = row.portal_id !== null;
  const others = isOne ? [] : portals;
  return {
    incident: {
      id: row.id,
      kind: row.kind,
      scope: row.scope,
      family: row.family,
      severity: row.severity,
      cause: row.cause,
      network: row.network,
      opened_at: row.opened_at.toISOString(),
      confirmed_at: row.confirmed_at.toISOString(),
      resolved_at: row.resolved_at?.toISOString() ?? null,
      subject: subjectOf(row, portals, names),
      portal: isOne ? (portals[0] ?? null) : null,
      confirmation: {
        vantages: (confirmation.vantages ?? []).flatMap((id) => names.get(id) ?? []),
        observations: confirmation.observations ?? 0,
        confirmations: confirmation.confirmations ?? 0,
        single_vantage: confirmation.singleVantage ?? false,
      },
      flapping: row.flapping,
      acknowledged_by: row.ack_by,
      shares,
      members: { total: others.length, portals: others.slice(0, NAMED) },
      evidence: row.evidence as Readonly<Record<string, unknown>>,
    },
    routing: {
      kind: row.kind,
      severity: row.severity,
      agencies: [...new Set(portals.map(({ agency }) => agency.id))],
      provinces: [...new Set(portals.flatMap(({ province }) => province?.code ?? []))],
    },
  };
}

/** What it is about, with names in place of numbers. */
function subjectOf(
  row: OpenRow,
  portals: readonly NoticePortal[],
  names: ReadonlyMap<number, string>,
) {
  const subject = readSubject(row.subject);
  if (subject.type === "portal")
    return { type: subject.type, name: portals[0]?.id ?? subject.name };
  if (subject.type !== "vantage") return subject;
  const [vantage = "", part = ""] = subject.name.split("/");
  return { type: subject.type, name: `${names.get(Number(vantage)) ?? vantage}/${part}` };
}

interface PortalRow {
  readonly number: number;
  readonly id: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly url: string;
  readonly kind: PortalKind;
  readonly agency: string;
  readonly agency_vi: string;
  readonly agency_en: string | null;
  readonly province: string | null;
  readonly province_name: string | null;
}

async function readPortals(
  { trx }: Round,
  numbers: readonly number[],
): Promise<Map<number, NoticePortal>> {
  if (numbers.length === 0) return new Map();
  const { rows } = await sql<PortalRow>`
    select portal.id as number, portal.slug as id, portal.name_vi, portal.name_en, portal.url, portal.kind,
      agency.slug as agency, agency.name_vi as agency_vi, agency.name_en as agency_en,
      province.code as province, province.name_vi as province_name
    from portal join agency on agency.id = portal.agency_id
    left join admin_unit province on province.id = portal.province_id
    where portal.id = any(${[...new Set(numbers)]}::int[])`.execute(trx);
  return new Map(rows.map((row) => [row.number, portalOf(row)]));
}

function portalOf(row: PortalRow): NoticePortal {
  return {
    id: row.id,
    name: { vi: row.name_vi, en: row.name_en },
    url: row.url,
    kind: row.kind,
    agency: { id: row.agency, name: { vi: row.agency_vi, en: row.agency_en } },
    province:
      row.province === null
        ? null
        : { code: row.province, name: row.province_name ?? row.province },
  };
}

/** Loads what the portals of these incidents share, and counts by thing and kind how many fail that have it. */
async function loadShares(
  rows: readonly OpenRow[],
  all: readonly OpenRow[],
  book: ShareBook,
): Promise<ReadonlyMap<string, number>> {
  const isFailing = (row: OpenRow) => row.resolved_at === null && row.portal_id !== null;
  const kinds = new Set(rows.filter((row) => isFailing(row)).map(({ kind }) => kind));
  const open = all.filter((row) => isFailing(row) && kinds.has(row.kind));
  const failing = new Map<string, number>();
  if (open.length < 2) return failing;
  await book.load(open.flatMap(({ portal_id }) => portal_id ?? []));
  for (const row of open) {
    const shares = book.sharesOf(row);
    for (const type of CAUSE_TYPES) {
      for (const value of shares[type]) {
        const key = `${row.kind} ${type} ${value}`;
        failing.set(key, (failing.get(key) ?? 0) + 1);
      }
    }
  }
  const told = rows.filter((row) => isFailing(row));
  await book.loadTotals(told.map((row) => book.sharesOf(row)));
  return failing;
}

/** What an open incident's portal has in common with others that fail too. */
function sharesOf(
  row: OpenRow,
  failing: ReadonlyMap<string, number>,
  book: ShareBook,
): readonly NoticeShare[] {
  if (row.portal_id === null || row.resolved_at !== null || failing.size === 0) return [];
  const shares = book.sharesOf(row);
  return CAUSE_TYPES.flatMap((key) =>
    shares[key].flatMap((value) => {
      const count = failing.get(`${row.kind} ${key} ${value}`) ?? 0;
      if (count < 2) return [];
      return [
        { key, value, portals: Math.max(count, book.portalsWith(key, value)), failing: count },
      ];
    }),
  );
}
