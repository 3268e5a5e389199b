import type { Boundaries } from "../../reports/boundaries.ts";
import type { Lang } from "../../web/lang.ts";

/** Where a name stands on the map. */
export interface NamedPlace {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}

/** The special zones of the two archipelagos, which are too small to be seen without their names on a map of the country. */
const ISLANDS = [
  { code: "20333", province: "48", vi: "Quần đảo Hoàng Sa", en: "Hoàng Sa archipelago" },
  { code: "22736", province: "56", vi: "Quần đảo Trường Sa", en: "Trường Sa archipelago" },
] as const;

/** The archipelagos above where the boundaries have them; of one province, only its own. */
export async function namedIslands(
  boundaries: Boundaries,
  { province, lang }: { readonly province: string | null; readonly lang: Lang },
): Promise<NamedPlace[]> {
  const places: NamedPlace[] = [];
  for (const island of ISLANDS) {
    if (province !== null && province !== island.province) continue;
    const communes = await boundaries.of("commune", island.province);
    const found = communes.find(({ code }) => code === island.code);
    if (found) places.push({ name: island[lang], ...aboveOf(found.geometry) });
  }
  return places;
}

/** The middle of the upper edge of the box around a GeoJSON geometry. */
function aboveOf(geometry: string): { lon: number; lat: number } {
  const points = [...geometry.matchAll(/\[(-?[\d.]+),(-?[\d.]+)\]/g)];
  const lons = points.map(([, lon]) => Number(lon));
  const lats = points.map(([, , lat]) => Number(lat));
  return { lon: (Math.min(...lons) + Math.max(...lons)) / 2, lat: Math.max(...lats) };
}
