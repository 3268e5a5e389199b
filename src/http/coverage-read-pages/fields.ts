import { z } from "@hono/zod-openapi";
import { MAP_LEVELS, MAP_SORTS } from "../../web/coverage-read/map-view.ts";
import { LANGS } from "../../web/lang.ts";
import { codeField } from "../coverage/fields.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import { releaseCode } from "../coverage-releases/schemas.ts";
import { cursorText, day, provinceCode } from "../lists/fields.ts";
import { CHANGE_KINDS } from "../../reports/coverage-releases/change-row.ts";

/** A field that a form sends empty counts as one that was not given. */
const blank = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .literal("")
    .transform(() => undefined)
    .or(schema)
    .optional();

const lang = z.enum(LANGS).optional();
const MOST_PAGES = 1000;
const page = blank(z.coerce.number<string>().int().min(1).max(MOST_PAGES));
const at = blank(day.or(releaseCode));

export const langQuery = z.object({ lang });

export const mapQuery = z.object({
  lang,
  indicator: blank(indicatorField),
  at,
  level: blank(z.enum(MAP_LEVELS)),
  province: blank(provinceCode),
  target: blank(codeField),
  sort: blank(z.enum(MAP_SORTS)),
  order: blank(z.enum(["asc", "desc"])),
  page,
});

export const gapsQuery = z.object({
  lang,
  target: blank(codeField),
  at,
  province: blank(provinceCode),
  page,
});

export const releasesQuery = z.object({ lang, cursor: blank(cursorText) });

export const releaseQuery = z.object({
  lang,
  since: blank(releaseCode),
  kind: blank(z.enum(CHANGE_KINDS)),
  indicator: blank(indicatorField),
  cursor: blank(cursorText),
});
