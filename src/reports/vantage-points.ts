import { FAMILIES, type Family } from "../domain/family.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { Database } from "../store/database.ts";

/** How one family does at a vantage point. */
export interface VantageFamilyRow {
  readonly healthy: boolean;
  readonly anchors_answered: number;
  readonly anchors_tried: number;
  readonly why: string;
  /** Source address towards the anchors; only some may see it. */
  readonly source_address: string | null;
}

/** A vantage point and its last self-test. Instants are ISO 8601 UTC. */
export interface VantageRow {
  readonly name: string;
  readonly country: string | null;
  /** Null before the first self-test. */
  readonly checked_at: string | null;
  readonly families: Readonly<Record<Family, VantageFamilyRow>> | null;
  readonly resolver: { readonly usable: boolean; readonly why: string } | null;
  readonly dns64_prefix: string | null;
}

/** All vantage points that ever stored a result, by name, and `own` as it is now. */
export async function listVantagePoints(db: Database, own: VantageState): Promise<VantageRow[]> {
  const rows = await db.selectFrom("vantage").select(["name", "country", "state"]).execute();
  const others = rows
    .filter(({ name }) => name !== own.name)
    .map(({ name, country, state }) => toVantageRow(name, country, state));
  return [toVantageRow(own.name, own.country, own), ...others].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

function toVantageRow(
  name: string,
  country: string | null,
  state: VantageState | null,
): VantageRow {
  if (state === null || state.checkedAt === 0) {
    return { name, country, checked_at: null, families: null, resolver: null, dns64_prefix: null };
  }
  const families = FAMILIES.map((family): [Family, VantageFamilyRow] => {
    const health = state.families[family];
    return [
      family,
      {
        healthy: health.healthy,
        anchors_answered: health.anchorsAnswered,
        anchors_tried: health.anchorsTried,
        why: health.why,
        source_address: health.sourceAddress,
      },
    ];
  });
  return {
    name,
    country,
    checked_at: new Date(state.checkedAt).toISOString(),
    families: Object.fromEntries(families) as Record<Family, VantageFamilyRow>,
    resolver: state.resolver,
    dns64_prefix: state.dns64Prefix,
  };
}
