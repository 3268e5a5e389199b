import { createHash } from "node:crypto";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";
import type { Boundaries } from "../boundaries.ts";
import { BOUNDARIES_FROM } from "../boundaries.ts";
import { listedSumsGeoJson } from "../coverage-geojson.ts";
import { toCsv } from "../csv.ts";
import type { ReleaseRow } from "./list.ts";
import { releaseSums } from "./sums.ts";
import { SUM_COLUMNS } from "../coverage/sum-columns.ts";

/** Files of a release beside that of its figures, whose bytes stay the same as long as the boundaries do. */
export const RELEASE_FILES = ["sums.csv", "sums.json", "provinces.geojson"] as const;

export type ReleaseFileName = (typeof RELEASE_FILES)[number];

/** A file as it is downloaded. */
export interface ReleaseFile {
  readonly text: string;
  readonly sha256: string;
}

/** A release with its number. */
export interface NumberedRelease {
  readonly id: number;
  readonly row: ReleaseRow;
}

/** One of these files. Null for boundaries of a release whose units had ended before they were drawn. */
export async function releaseFile(
  db: Database,
  boundaries: Boundaries,
  { id, row }: NumberedRelease,
  name: ReleaseFileName,
): Promise<ReleaseFile | null> {
  if (name === "provinces.geojson" && row.as_of < BOUNDARIES_FROM) return null;
  const sums = await releaseSums(db, id, name === "provinces.geojson" ? { level: "province" } : {});
  const text = await textOf(boundaries, row, name, sums);
  return { text, sha256: createHash("sha256").update(text).digest("hex") };
}

/** What stands beside the sums of a release, wherever they go. */
export function releaseMembers({ code, as_of, licence, made_up }: ReleaseRow) {
  return { release: code, as_of, licence, made_up };
}

/** Sums as CSV, whole. */
export async function sumsCsv(sums: readonly CoverageSum[]): Promise<string> {
  // Whoever reads the stream as text would lose its byte order mark.
  return Buffer.from(await new Response(toCsv(SUM_COLUMNS, eachOf(sums))).arrayBuffer()).toString();
}

async function textOf(
  boundaries: Boundaries,
  row: ReleaseRow,
  name: ReleaseFileName,
  sums: readonly CoverageSum[],
): Promise<string> {
  switch (name) {
    case "sums.csv":
      return sumsCsv(sums);
    case "sums.json":
      return JSON.stringify({ ...releaseMembers(row), items: sums });
    case "provinces.geojson":
      return listedSumsGeoJson(boundaries, {
        level: "province",
        sums,
        members: releaseMembers(row),
      });
  }
}

async function* eachOf<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
