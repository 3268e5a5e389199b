import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readXlsx } from "hucre/xlsx";
import { afterAll, assert, beforeAll, describe, expect, test } from "vitest";
import type { Day } from "../../src/domain/calendar.ts";
import { importCoverage } from "../../src/importing/import-coverage.ts";
import { makeTemplate } from "../../src/importing/province-template.ts";
import type { Database } from "../../src/store/database.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { plausibleFigure } from "../support/plausible-figures.ts";
import { SOFFICE, type Typed, typeIn } from "./support/libreoffice.ts";

const installed = existsSync(SOFFICE);
if (!installed) {
  console.warn(`${SOFFICE} is missing: no template is filled in by LibreOffice`);
}

const AS_OF: Day = "2026-09-30";
const NOW = Date.parse("2026-11-22T05:00:00Z");

describe.runIf(installed)("the template of a province, filled in by hand in LibreOffice", () => {
  let db: Database;
  let close: () => Promise<void>;
  let folder: string;
  beforeAll(async () => {
    ({ db, close } = await openCoverageDatabase());
    folder = await mkdtemp(join(tmpdir(), "hatangso-libreoffice-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await close();
  });

  test.each([
    { province: "04", ending: "xlsx" },
    { province: "48", ending: "ods" },
  ] as const)("imports without a fault when saved as $ending", async ({ province, ending }) => {
    const template = await makeTemplate(db, { province, asOf: AS_OF, indicators: [] });
    assert(template.ok);
    const file = join(folder, template.value.name);
    await writeFile(file, template.value.bytes);
    const { typed, communes } = await whatIsTyped(template.value.bytes);
    const saved = await typeIn(folder, file, typed, ending);

    const imported = await importFile(province, `đã điền.${ending}`, await readFile(saved));
    expect(imported.faults).toEqual([]);
    expect(imported).toMatchObject({
      format: ending,
      outcome: "accepted",
      accepted: communes,
      held: 0,
      refused: 0,
    });
    const stored = await db
      .selectFrom("coverage_figure as f")
      .innerJoin("admin_unit as u", "u.id", "f.unit_id")
      .select(["u.code", "f.numerator", "f.denominator", "f.status"])
      .where("f.submission_id", "=", imported.submission)
      .where("f.indicator_code", "=", "pop_5g")
      .orderBy("u.code")
      .execute();
    expect(stored).toHaveLength(communes);
    expect(stored[0]).toMatchObject({ status: "present", numerator: 2000, denominator: 4000 });
  });

  async function importFile(province: string, name: string, bytes: Uint8Array) {
    const imported = await importCoverage(
      { db, clock: () => NOW, timezone: "Asia/Ho_Chi_Minh" },
      { name, bytes },
      {
        via: "command",
        actor: { keyId: null, name: "test" },
        source: `province-${province}`,
        asOf: null,
        unitsDay: null,
        basis: null,
        operator: "all",
        reason: null,
        onlyProvince: province,
        dryRun: false,
        allOrNothing: true,
        onProgress: () => undefined,
      },
    );
    assert(imported.ok, JSON.stringify(imported));
    return imported.value;
  }
});

/** A number for every empty cell. */
async function whatIsTyped(template: Uint8Array): Promise<{ typed: Typed[]; communes: number }> {
  const [header = [], ...rows] = (await readXlsx(template)).sheets[0]?.rows ?? [];
  const typed = rows.flatMap((cells, at) =>
    header.flatMap((title, column) =>
      (cells[column] ?? null) === null
        ? [{ row: at + 1, column, text: String(plausibleFigure(String(title))) }]
        : [],
    ),
  );
  return { typed, communes: rows.length };
}
