import { sql } from "kysely";
import type { Family } from "../domain/family.ts";
import type { Expectation } from "../domain/portal.ts";
import type { Database } from "../store/database.ts";
import type { Viewpoint } from "./page.ts";
import { type PortalSummary, portalsQuery, toPortalSummary } from "./portal-summary.ts";

/** An address that a portal answered from, and when. */
export interface SeenAddress {
  readonly family: Family;
  readonly address: string;
  readonly first_seen: string;
  readonly last_seen: string;
}

/** A certificate that a portal presented, and when. Instants are ISO 8601 UTC. */
export interface SeenCertificate {
  readonly family: Family;
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly not_before: string;
  readonly not_after: string;
  /** Earliest end over the presented chain. */
  readonly earliest_not_after: string;
  readonly names: readonly string[];
  readonly key_type: string;
  readonly key_bits: number | null;
  readonly chain_length: number;
  readonly first_seen: string;
  readonly last_seen: string;
}

/** Everything that is told of one portal. */
export interface PortalDetail extends PortalSummary {
  readonly expectation: Expectation;
  readonly source: string | null;
  readonly evidence_class: string | null;
  readonly note: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly retired_at: string | null;
  readonly certificates: readonly SeenCertificate[];
}

/** A portal with its number in the database, and apart from the rest what only some may see. */
export interface FoundPortal {
  readonly number: number;
  readonly detail: PortalDetail;
  readonly addresses: readonly SeenAddress[];
}

/** How many addresses and certificates are shown, the latest first; a CDN's portal may have seen hundreds. */
const SPANS_SHOWN = 20;

/** One portal by its stable id; null if there is none. */
export async function findPortal(
  db: Database,
  view: Viewpoint,
  slug: string,
): Promise<FoundPortal | null> {
  const row = await portalsQuery(db, view)
    .select([
      "p.expectation",
      "p.source",
      "p.evidence_class",
      "p.note",
      sql<Date>`p.created_at`.as("created_at"),
      sql<Date>`p.updated_at`.as("updated_at"),
      sql<Date | null>`p.retired_at`.as("retired_at"),
    ])
    .where("p.slug", "=", slug)
    .executeTakeFirst();
  if (row === undefined) return null;
  const [addresses, certificates] = await Promise.all([
    seenAddresses(db, row.id),
    seenCertificates(db, row.id),
  ]);
  const detail: PortalDetail = {
    ...toPortalSummary(row, view),
    expectation: row.expectation,
    source: row.source,
    evidence_class: row.evidence_class,
    note: row.note,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    retired_at: row.retired_at?.toISOString() ?? null,
    certificates,
  };
  return { number: row.id, detail, addresses };
}

async function seenAddresses(db: Database, portal: number): Promise<SeenAddress[]> {
  const rows = await db
    .selectFrom("portal_address")
    .select(["family", "address", "first_seen", "last_seen"])
    .where("portal_id", "=", portal)
    .orderBy("last_seen", "desc")
    .orderBy("id")
    .limit(SPANS_SHOWN)
    .execute();
  return rows.map((row) => ({
    ...row,
    first_seen: row.first_seen.toISOString(),
    last_seen: row.last_seen.toISOString(),
  }));
}

async function seenCertificates(db: Database, portal: number): Promise<SeenCertificate[]> {
  const rows = await db
    .selectFrom("portal_certificate as s")
    .innerJoin("certificate as c", "c.id", "s.certificate_id")
    .select([
      "s.family",
      "c.fingerprint",
      "c.subject",
      "c.issuer",
      "c.not_before",
      "c.not_after",
      "c.earliest_not_after",
      sql<string[]>`c.names`.as("names"),
      "c.key_type",
      "c.key_bits",
      "c.chain_length",
      "s.first_seen",
      "s.last_seen",
    ])
    .where("s.portal_id", "=", portal)
    .orderBy("s.last_seen", "desc")
    .orderBy("c.id")
    .limit(SPANS_SHOWN)
    .execute();
  return rows.map((row) => ({
    ...row,
    not_before: row.not_before.toISOString(),
    not_after: row.not_after.toISOString(),
    earliest_not_after: row.earliest_not_after.toISOString(),
    first_seen: row.first_seen.toISOString(),
    last_seen: row.last_seen.toISOString(),
  }));
}
