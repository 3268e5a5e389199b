import { Readable } from "node:stream";
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { toCsv } from "../../reports/csv.ts";
import { everyFigure, releaseFigures } from "../../reports/coverage-releases/figures.ts";
import { editionFile } from "../../store/release-content.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { respondWithList, XLSX_TYPE } from "../lists/respond.ts";
import { negotiate } from "../negotiate.ts";
import { pickLang } from "../../web/lang.ts";
import { chunkPosition } from "./fields.ts";
import { releaseFiguresQuery } from "./figures-query.ts";
import { isKnown, releaseOrThrow } from "./found.ts";
import { GEOJSON_TYPE, respondWithMap } from "./map.ts";
import { releaseCode, releaseFigureSchema } from "./schemas.ts";
import { respondWithReleaseWorkbook } from "./workbook.ts";

const FORMATS = {
  json: "application/json",
  csv: "text/csv",
  xlsx: XLSX_TYPE,
  geojson: GEOJSON_TYPE,
} as const;

type Format = keyof typeof FORMATS;

const COLUMNS = [
  "indicator",
  "indicator_version",
  "as_of",
  "unit.level",
  "unit.code",
  "unit.valid_from",
  "unit.name_vi",
  "province.code",
  "province.name_vi",
  "operator",
  "basis",
  "source",
  "status",
  "numerator",
  "denominator",
  "denominator_source",
  "ratio",
  "revision",
  "note",
  "made_up",
];

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/releases/{code}/figures",
  summary:
    "The figures of a release: pages of JSON, its file (CSV), a workbook (XLSX), a map (GeoJSON)",
  tags: ["Coverage releases"],
  security: KEY_OPTIONAL,
  request: { params: z.object({ code: releaseCode }), query: releaseFiguresQuery },
  responses: {
    200: {
      description: "Figures",
      content: {
        "application/json": {
          schema: z.object({
            items: z.array(releaseFigureSchema).readonly(),
            next_cursor: z.string().nullable(),
          }),
        },
        "text/csv": { schema: z.string() },
        [XLSX_TYPE]: { schema: z.string().openapi({ format: "binary" }) },
        [GEOJSON_TYPE]: { schema: z.object({ type: z.literal("FeatureCollection") }) },
      },
    },
    304: { description: "The client has this already: If-None-Match." },
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/releases/{code}/figures. */
export function releaseFigureList(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { code } = c.req.valid("param");
    const asked = c.req.valid("query");
    const found = await releaseOrThrow(deps.db, code);
    const format = asked.format ?? negotiated(c);
    if (format === "geojson") return respondWithMap(c, deps, found, asked);
    if (format === "xlsx") {
      const lang = pickLang(asked.lang, c.req.header("accept-language"));
      return respondWithReleaseWorkbook(c, deps, code, lang);
    }
    const { as_of: asOf, indicator, level, unit, province, limit, cursor } = asked;
    const filter = { asOf, indicator, level, unit, province };
    if (format === "csv" && limit === undefined && cursor === undefined) {
      const plain = !asked.names && Object.values(filter).every((value) => value === undefined);
      c.header("Vary", "Accept");
      if (plain && isKnown(c, found.row.sha256)) return c.body(null, 304);
      const file = plain
        ? bytesOf(editionFile(deps.db, found.edition))
        : toCsv(COLUMNS, everyFigure(deps.db, found.edition, filter));
      return c.body(file, 200, {
        "Content-Type": "text/csv; charset=utf-8; header=present",
        "Content-Disposition": `attachment; filename="coverage-${code}.csv"`,
      });
    }
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: `coverage-${code}`,
        columns: COLUMNS,
        position: chunkPosition,
        read: await releaseFigures(deps.db, found.edition, filter),
      },
    );
  });
}

function negotiated(c: Context<AppEnv>): Format {
  const type = negotiate(c, [FORMATS.json, FORMATS.csv, FORMATS.xlsx, FORMATS.geojson]);
  const formats = Object.keys(FORMATS) as Format[];
  return formats.find((format) => FORMATS[format] === type) ?? "json";
}

/** Text as the bytes that it is sent as; pulled as the client reads. */
function bytesOf(text: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const bytes = Readable.from(text, { objectMode: false });
  return Readable.toWeb(bytes) as ReadableStream<Uint8Array>;
}
