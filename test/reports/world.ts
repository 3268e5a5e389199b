import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failure } from "../../src/domain/failure.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import type { Viewpoint } from "../../src/reports/page.ts";
import { putUnits, type AdminUnitInput } from "../../src/store/admin-units.ts";
import { addAgencies } from "../../src/store/agencies.ts";
import type { Database } from "../../src/store/database.ts";
import { addPortals, type NewPortal } from "../../src/store/portal-bulk.ts";
import { createResultWriter } from "../../src/store/result-writer.ts";
import { certificate, evidence, failedResult, result, START } from "../store/helpers/results.ts";

export { START } from "../store/helpers/results.ts";

const INTERVAL_MS = 60_000;

/** Half a minute after the last runs of the world, from the vantage point that made them. */
export const VIEW: Viewpoint = { vantage: "local", now: START + 30_000, intervalMs: INTERVAL_MS };

const unit = (
  facts: Partial<AdminUnitInput> & { code: string; nameVi: string },
): AdminUnitInput => ({
  level: "province",
  provinceCode: null,
  nameViAlt: null,
  nameEn: null,
  type: "tỉnh",
  fullNameVi: facts.nameVi,
  region: null,
  areaKm2: 3359.84,
  population: 8_807_523,
  populationNote: null,
  lat: 21.02,
  lon: 105.84,
  resolution: "202/2025/QH15",
  ...facts,
});

const UNITS = [
  unit({ code: "01", nameVi: "Hà Nội", type: "thành phố", region: "Đồng bằng sông Hồng" }),
  unit({ code: "46", nameVi: "Huế", type: "thành phố" }),
  unit({ level: "commune", code: "00004", provinceCode: "01", nameVi: "Ba Đình", type: "phường" }),
  unit({ level: "commune", code: "00008", provinceCode: "01", nameVi: "Ngọc Hà", type: "phường" }),
  unit({ level: "commune", code: "19753", provinceCode: "46", nameVi: "Vỹ Dạ", type: "phường" }),
];

const portal = (facts: Partial<NewPortal> & { slug: string }): NewPortal => ({
  url: `https://${facts.slug}.example.gov.vn/`,
  host: `${facts.slug}.example.gov.vn`,
  nameVi: `Cổng ${facts.slug}`,
  nameEn: null,
  kind: "portal",
  agency: "ministry-yte",
  province: null,
  lifecycle: "active",
  source: "test",
  ...facts,
});

const PORTALS: readonly NewPortal[] = [
  portal({
    slug: "hanoi",
    agency: "province-01",
    province: "01",
    nameVi: "Cổng Hà Nội",
    nameEn: "Hanoi",
  }),
  portal({
    slug: "hue",
    agency: "province-46",
    province: "46",
    nameVi: "Cổng Đô thị Huế",
    kind: "public-service-gateway",
  }),
  portal({ slug: "half", note: '=HYPERLINK("http://evil.example")', nameVi: "=1+1" }),
  portal({ slug: "dead", kind: "national-platform" }),
  portal({ slug: "slow" }),
  portal({ slug: "stale" }),
  portal({ slug: "fresh" }),
  portal({ slug: "gone", lifecycle: "retired" }),
];

/** The state that each portal of the world is in, seen from VIEW. */
export const STATES = {
  dead: "down",
  fresh: "unknown",
  gone: "unknown",
  half: "degraded",
  hanoi: "up",
  hue: "up",
  slow: "degraded",
  stale: "unknown",
} as const;

export type Slug = keyof typeof STATES;

/**
 * Two provinces, three communes, three agencies and eight portals, one in each state that a portal can be in, with
 * runs that were written as the service writes them. Returns the portals' numbers.
 */
export async function buildWorld(db: Database): Promise<Record<Slug, number>> {
  for (const level of ["province", "commune"] as const) {
    await putUnits(
      db,
      UNITS.filter((unit) => unit.level === level),
      "2025-07-01",
    );
  }
  await addAgencies(db, [
    { ownerType: "ministry", ownerCode: "yte", nameVi: "Bộ Y tế", nameEn: "Ministry of Health" },
    { ownerType: "province", ownerCode: "01", nameVi: "UBND thành phố Hà Nội" },
    { ownerType: "province", ownerCode: "46", nameVi: "UBND thành phố Huế" },
  ]);
  await addPortals(db, PORTALS, new Date(START - 86_400_000));
  const rows = await db.selectFrom("portal").select(["id", "slug"]).execute();
  const numbers = Object.fromEntries(rows.map(({ id, slug }) => [slug, id])) as Record<
    Slug,
    number
  >;
  await writeResults(db, worldResults(numbers));
  return numbers;
}

/** Stores results as the service does. */
async function writeResults(db: Database, results: readonly ProbeResult[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "hatangso-reports-"));
  const quiet = { error() {}, warn() {}, info() {} };
  const writer = createResultWriter({ db, spoolFolder: folder, log: quiet, clock: () => VIEW.now });
  writer.add(results);
  await writer.flush();
  await writer.stop();
  await rm(folder, { recursive: true });
}

/** Three rounds of runs for each portal but `fresh`, which has none, and `stale`, whose runs ended an hour ago. */
function worldResults(numbers: Record<Slug, number>): ProbeResult[] {
  const both = (slug: Slug, change: Partial<ProbeResult> = {}) => [
    result({ portal: numbers[slug], ...change }),
    result({ portal: numbers[slug], family: "ip6", address: "2001:db8::1", ...change }),
  ];
  const absent = { outcome: "no_address", status: null, address: null, certificate: null } as const;
  return [-2, -1, 0].flatMap((round) => {
    const scheduledAt = START + round * INTERVAL_MS;
    const at = { scheduledAt, startedAt: scheduledAt + 3 };
    const hourAgo = { scheduledAt: scheduledAt - 3_600_000, startedAt: scheduledAt - 3_600_000 };
    return [
      ...both("hanoi", {
        ...at,
        certificate: certificate("b", { names: ["hanoi.example.gov.vn"] }),
      }),
      result({ portal: numbers.hue, ...at }),
      result({ portal: numbers.hue, family: "ip6", ...at, ...absent }),
      result({ portal: numbers.half, ...at }),
      failedResult({ portal: numbers.half, family: "ip6", ...at, evidence: evidence() }),
      failedResult({ portal: numbers.dead, ...at }),
      failedResult({
        portal: numbers.dead,
        family: "ip6",
        ...at,
        failure: failure("tls_expired"),
        certificate: certificate("c"),
      }),
      ...both("slow", { ...at, outcome: "degraded", failure: failure("too_slow"), totalMs: 4200 }),
      ...both("stale", hourAgo),
      ...both("gone", hourAgo),
    ];
  });
}
