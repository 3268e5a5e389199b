import { sql } from "kysely";
import type { CheckId } from "../domain/finding.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { Database } from "../store/database.ts";

/** A check that does not hold, over whichever family. */
export interface WrongCheck {
  readonly check: CheckId;
  readonly verdict: "warn" | "fail";
}

/** What the audits of a portal have come to: confirmed level and grade, and what is wrong at present. */
export interface PortalStanding {
  /** The portal's number. */
  readonly portal: number;
  /** The URL that was audited, which is the portal's own. */
  readonly url: string;
  readonly level: ReadinessLevel;
  readonly grade: HttpsGrade;
  /** Each check and verdict once, in the order of their names. */
  readonly wrong: readonly WrongCheck[];
  /** Number of the last audit; numbers ascend. */
  readonly lastAudit: number;
  /** When that was, milliseconds since the epoch. */
  readonly lastAuditAt: number;
}

/** Portals per query: the embedded database answers in this thread, and 500 take it 50 ms. */
const PAGE = 500;

/**
 * The standings of all portals that were audited from this vantage point at their present URL, by number, in pages
 * of up to 500.
 */
export async function* standingPages(
  db: Database,
  vantage: string,
): AsyncGenerator<PortalStanding[]> {
  const after = (last: number) =>
    select(db, vantage, (tracks) =>
      tracks.where("portal_id", ">", last).orderBy("portal_id").limit(PAGE),
    ).execute();
  let rows = await after(0);
  for (;;) {
    const end = rows.at(-1);
    const isLast = end === undefined || rows.length < PAGE;
    // A server makes the next page while this one is taken in; that it fails is told when it is waited for.
    const next = isLast ? null : after(end.portal);
    next?.catch(() => undefined);
    const page = rows.flatMap(toStanding);
    if (page.length > 0) yield page;
    if (next === null) return;
    rows = await next;
  }
}

/** The standing of one portal, or null before its first audit at its present URL. */
export async function standingOf(
  db: Database,
  vantage: string,
  portal: number,
): Promise<PortalStanding | null> {
  const rows = await select(db, vantage, (tracks) =>
    tracks.where("portal_id", "=", portal),
  ).execute();
  return rows.flatMap(toStanding)[0] ?? null;
}

type Tracks = ReturnType<typeof tracksOf>;

function tracksOf(db: Database, vantage: string) {
  return db
    .selectFrom("standing_track")
    .select(["portal_id", "vantage_id", "last_audit_id", "last_audit_at"])
    .where("vantage_id", "=", (vantages) =>
      vantages.selectFrom("vantage").select("id").where("name", "=", vantage),
    );
}

/**
 * The tracks that are wanted come first, whole: joined in one go the planner reads all audits there are, of which there
 * may be millions, for every page. The URL is null where the last audit was at another one.
 */
function select(db: Database, vantage: string, wanted: (tracks: Tracks) => Tracks) {
  return db
    .with(
      (name) => name("t").materialized(),
      () => wanted(tracksOf(db, vantage)),
    )
    .selectFrom("t")
    .innerJoin("portal as p", "p.id", "t.portal_id")
    .leftJoin("audit as a", (join) =>
      join.onRef("a.id", "=", "t.last_audit_id").onRef("a.url", "=", "p.url"),
    )
    .leftJoin("standing as s", (join) =>
      join
        .onRef("s.portal_id", "=", "t.portal_id")
        .onRef("s.vantage_id", "=", "t.vantage_id")
        .on("s.to_at", "is", null),
    )
    .select([
      "t.portal_id as portal",
      "a.url",
      "s.level",
      "s.grade",
      "t.last_audit_id as lastAudit",
      "t.last_audit_at as lastAuditAt",
      sql<string | null>`(
        select string_agg(distinct f.check_id || ' ' || f.verdict, ',')
        from finding f
        where f.portal_id = t.portal_id and f.vantage_id = t.vantage_id
          and f.ended_at is null and f.verdict in ('warn', 'fail')
      )`.as("wrong"),
    ])
    .orderBy("t.portal_id");
}

type Row = Awaited<ReturnType<ReturnType<typeof select>["execute"]>>[number];

/** None for a portal that was not audited yet at its present URL. */
function toStanding({ url, level, grade, wrong, lastAuditAt, ...row }: Row): PortalStanding[] {
  if (url === null) return [];
  const standing = { level: level ?? "U", grade: grade ?? "U", wrong: readWrong(wrong) } as const;
  return [{ ...row, url, ...standing, lastAuditAt: lastAuditAt.getTime() }];
}

/** What `string_agg` made of it, in an order that does not depend on the database's collation. */
function readWrong(text: string | null): WrongCheck[] {
  if (text === null) return [];
  return text
    .split(",")
    .toSorted()
    .map((pair) => {
      const [check, verdict] = pair.split(" ") as [CheckId, "warn" | "fail"];
      return { check, verdict };
    });
}
