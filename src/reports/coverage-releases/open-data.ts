import { quarterBefore } from "../../domain/coverage/quarter.ts";
import { addDays, type Day } from "../../domain/calendar.ts";
import type { Database } from "../../store/database.ts";
import { BOUNDARIES_ATTRIBUTION, type Boundaries } from "../boundaries.ts";
import { type IndicatorRow, listIndicators } from "../coverage/indicators.ts";
import { RELEASE_FILES, releaseFile, type ReleaseFileName } from "./files.ts";
import { countFigures, findRelease, listReleases, type ReleaseRow } from "./list.ts";

/** One way to have a release. */
export interface OpenDataFile {
  /** What it is called among the files of its release. */
  readonly name: string;
  readonly url: string;
  readonly media_type: string;
  readonly title_vi: string;
  readonly title_en: string;
  /** In hexadecimal digits; null where the bytes may change (names and legal texts are brought up to date in it). */
  readonly sha256: string | null;
}

/** A release as open data. */
export interface OpenDataset {
  readonly release: ReleaseRow;
  readonly url: string;
  /** The quarter. */
  readonly from: Day;
  readonly until: Day;
  readonly indicators: readonly Pick<IndicatorRow, "code" | "version" | "name_vi" | "name_en">[];
  readonly files: readonly OpenDataFile[];
}

/** All releases as open data, the last one first. */
export interface OpenDataCatalogue {
  readonly url: string;
  readonly attribution: string;
  readonly datasets: readonly OpenDataset[];
}

/** Reads catalogues; keeps what it worked out of releases, which never change. */
export interface OpenData {
  readonly catalogue: (db: Database, baseUrl: string) => Promise<OpenDataCatalogue>;
}

/** Nobody has a hundred years of quarters. */
const MOST_RELEASES = 400;

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const TYPES: Readonly<Record<ReleaseFileName, string>> = {
  "sums.csv": "text/csv",
  "sums.json": "application/json",
  "provinces.geojson": "application/geo+json",
};

/** Where each file is had, below the release's address. */
const PATHS: Readonly<Record<ReleaseFileName, string>> = {
  "sums.csv": "sums?format=csv",
  "sums.json": "sums?format=json",
  "provinces.geojson": "figures?format=geojson&level=province",
};

const TITLES = {
  "figures.csv": ["Mọi số liệu, từng đơn vị (CSV)", "All figures, unit by unit (CSV)"],
  "figures.xlsx": [
    "Số liệu của quý, kèm định nghĩa và nguồn gốc (XLSX)",
    "The quarter's figures with definitions and provenance (XLSX)",
  ],
  "sums.csv": ["Tổng hợp cả nước và các tỉnh (CSV)", "Sums of the country and its provinces (CSV)"],
  "sums.json": [
    "Tổng hợp cả nước và các tỉnh (JSON)",
    "Sums of the country and its provinces (JSON)",
  ],
  "provinces.geojson": ["Bản đồ các tỉnh (GeoJSON)", "Map of the provinces (GeoJSON)"],
} as const;

/** Opens the catalogue of open data over these boundaries. */
export function createOpenData(boundaries: Boundaries): OpenData {
  // By code: what is published stays as it is.
  const known = new Map<string, Promise<Frozen>>();
  const frozen = async (db: Database, code: string): Promise<Frozen> => {
    const working = known.get(code) ?? workOut(db, boundaries, code);
    known.set(code, working);
    // What failed because the database was away is worked out again the next time.
    working.catch(() => known.delete(code));
    return working;
  };
  return {
    async catalogue(db, baseUrl) {
      const { rows } = await listReleases(db, { limit: MOST_RELEASES, after: null });
      const names = new Map(
        (await listIndicators(db)).map((each) => [`${each.code} ${each.version}`, each]),
      );
      const datasets: OpenDataset[] = [];
      for (const release of rows) {
        const { indicators, checksums } = await frozen(db, release.code);
        const url = `${baseUrl}/api/v1/coverage/releases/${release.code}`;
        datasets.push({
          release,
          url,
          from: addDays(quarterBefore(release.as_of), 1),
          until: release.as_of,
          indicators: indicators.flatMap((each) => names.get(each) ?? []),
          files: [
            fileOf("figures.csv", `${url}/figures?format=csv`, "text/csv", release.sha256),
            fileOf("figures.xlsx", `${url}/figures?format=xlsx`, XLSX, null),
            ...checksums.map(({ name, sha256 }) =>
              fileOf(name, `${url}/${PATHS[name]}`, TYPES[name], sha256),
            ),
          ],
        });
      }
      return { url: baseUrl, attribution: BOUNDARIES_ATTRIBUTION, datasets };
    },
  };
}

/** What has to be worked out of a release, once. */
interface Frozen {
  /** Code and version, by a blank. */
  readonly indicators: readonly string[];
  readonly checksums: readonly { readonly name: ReleaseFileName; readonly sha256: string }[];
}

async function workOut(db: Database, boundaries: Boundaries, code: string): Promise<Frozen> {
  const found = await findRelease(db, code);
  if (found === null) throw new Error(`The release ${code} vanished`);
  const counts = await countFigures(db, found.edition);
  const checksums = [];
  for (const name of RELEASE_FILES) {
    const file = await releaseFile(db, boundaries, found, name);
    if (file) checksums.push({ name, sha256: file.sha256 });
  }
  const versions = counts.map((each) => `${each.indicator} ${each.indicator_version}`);
  return { indicators: [...new Set(versions)], checksums };
}

function fileOf(
  name: keyof typeof TITLES,
  url: string,
  mediaType: string,
  sha256: string | null,
): OpenDataFile {
  const [title_vi, title_en] = TITLES[name];
  return { name, url, media_type: mediaType, title_vi, title_en, sha256 };
}
