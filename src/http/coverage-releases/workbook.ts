import type { Context } from "hono";
import type { ReleaseLang } from "../../reports/coverage-releases/release-words.ts";
import { releaseWorkbook } from "../../reports/coverage-releases/workbook.ts";
import { releaseWorkbookData } from "../../reports/coverage-releases/workbook-data.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { XLSX_TYPE } from "../lists/respond.ts";
import { notFound, Problem } from "../problem.ts";

/** Figures of one day; 3,321 communes with a dozen indicators. More make a file that no spreadsheet handles well. */
const MOST_FIGURES = 50_000;

/** A release as XLSX. Throws 400 where that would be too much. */
export async function respondWithReleaseWorkbook(
  c: Context<AppEnv>,
  { db }: AppDeps,
  code: string,
  lang: ReleaseLang,
) {
  const data = await releaseWorkbookData(db, code, MOST_FIGURES);
  if (data === null) throw notFound(`release ${code}`);
  if ("tooMany" in data) {
    throw new Problem(
      400,
      `${data.tooMany} figures are too many for one XLSX file (at most ${MOST_FIGURES}): take format=csv.`,
    );
  }
  c.header("Vary", "Accept, Accept-Language");
  return c.body(new Uint8Array(await releaseWorkbook(data, lang)), 200, {
    "Content-Type": XLSX_TYPE,
    "Content-Disposition": `attachment; filename="coverage-${code}.xlsx"`,
  });
}
