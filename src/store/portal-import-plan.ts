import type { AgencyInput } from "./agencies.ts";
import type { Database } from "./database.ts";
import { fault, type ImportFault } from "./import-text.ts";
import type { NewPortal } from "./portal-bulk.ts";
import { agenciesOf, type PortalRow } from "./portal-row.ts";
import { slugsForHost } from "./portal-slug.ts";

/** What is to be done with the rows of a file that are right in themselves. */
export interface ImportPlan {
  readonly agencies: readonly AgencyInput[];
  readonly portals: readonly NewPortal[];
  readonly unchanged: number;
  /** One for each row that is refused. */
  readonly faults: readonly ImportFault[];
}

/** The values that a row must share with the registered portal of its id, by the column that tells them. */
const COMPARED = {
  url: "url",
  name_vi: "nameVi",
  name_en: "nameEn",
  kind: "kind",
  owner_code: "agency",
  status: "lifecycle",
  source: "source",
} as const;

type Compared = (typeof COMPARED)[keyof typeof COMPARED];

/** A portal that is registered, or was accepted from an earlier line. */
interface Known extends Readonly<Record<Compared, string | null>> {
  readonly slug: string;
  line: number | null;
}

/** Compares rows with each other and with what is registered; call it while nobody else can add portals. */
export async function planImport(
  trx: Database,
  rows: readonly PortalRow[],
  columns: readonly string[],
): Promise<ImportPlan> {
  const known = await knownPortals(trx);
  const bySlug = new Map(known.map((portal) => [portal.slug, portal]));
  const byUrl = new Map(known.map((portal) => [portal.url, portal]));
  const provinces = await provinceCodes(trx);
  const accepted: PortalRow[] = [];
  const portals: NewPortal[] = [];
  const faults: ImportFault[] = [];
  let unchanged = 0;
  for (const row of rows) {
    const { line, portal } = row;
    const same = portal.slug === null ? byUrl.get(portal.url) : bySlug.get(portal.slug);
    const twin = byUrl.get(portal.url);
    const problem =
      (same && sameFault(line, portal, same, columns)) ??
      (twin && twin !== same ? twinFault(line, portal.url, twin) : null) ??
      provinceFault(line, portal.province, provinces);
    if (problem) {
      faults.push(problem);
    } else if (same) {
      same.line = line;
      unchanged += 1;
    } else {
      const slug = portal.slug ?? freeSlug(portal.host, bySlug);
      const added = { ...portal, slug };
      accepted.push(row);
      portals.push(added);
      bySlug.set(slug, { ...added, line });
      byUrl.set(portal.url, { ...added, line });
    }
  }
  return { agencies: agenciesOf(accepted), portals, unchanged, faults };
}

/** The fault of a row whose portal is known; null where the row says the same. */
function sameFault(
  line: number,
  portal: PortalRow["portal"],
  known: Known,
  columns: readonly string[],
): ImportFault | null {
  const [name, value] = portal.slug === null ? ["url", portal.url] : ["id", portal.slug];
  if (known.line !== null) return fault(line, name, value, `is on line ${known.line} already`);
  for (const [column, field] of Object.entries(COMPARED)) {
    if (!columns.includes(column) || portal[field] === known[field]) continue;
    const present = known[field] ?? "(empty)";
    const reason = `${known.slug} is registered with another value, ${present}; an import changes nothing`;
    return fault(line, column, portal[field] ?? "", reason);
  }
  return null;
}

function twinFault(line: number, url: string, { line: earlier, slug }: Known): ImportFault {
  const where = earlier === null ? `registered already, as ${slug}` : `on line ${earlier} already`;
  return fault(line, "url", url, `is ${where}`);
}

function provinceFault(line: number, code: string | null, provinces: ReadonlySet<string>) {
  if (code === null || provinces.has(code)) return null;
  return fault(line, "owner_code", code, "no province has this code today");
}

function freeSlug(host: string, taken: ReadonlyMap<string, unknown>): string {
  for (const slug of slugsForHost(host)) {
    if (!taken.has(slug)) return slug;
  }
  throw new Error("The list of slugs has no end");
}

async function knownPortals(trx: Database): Promise<Known[]> {
  const rows = await trx
    .selectFrom("portal")
    .innerJoin("agency", "agency.id", "portal.agency_id")
    .select(["portal.slug", "url", "portal.name_vi as nameVi", "portal.name_en as nameEn", "kind"])
    .select(["agency.slug as agency", "lifecycle", "source"])
    .execute();
  return rows.map((row) => ({ ...row, line: null }));
}

async function provinceCodes(trx: Database): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom("admin_unit")
    .select("code")
    .where("level", "=", "province")
    .where("valid_to", "is", null)
    .execute();
  return new Set(rows.map((row) => row.code));
}
