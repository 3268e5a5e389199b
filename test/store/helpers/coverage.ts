import type { NewFigure } from "../../../src/domain/coverage/figure.ts";
import { putUnits } from "../../../src/store/admin-units.ts";
import { putSources } from "../../../src/store/coverage-sources.ts";
import type { Database } from "../../../src/store/database.ts";
import type { NewSubmission } from "../../../src/store/submissions.ts";
import { BA_DINH, HANOI } from "./units.ts";

/** Numbers of the units of a small register. */
export interface SmallRegister {
  readonly hanoi: number;
  readonly baDinh: number;
  readonly hoanKiem: number;
}

/** Puts one province, two communes, one indicator over households and the source `province-01` into a database. */
export async function putSmallRegister(db: Database): Promise<SmallRegister> {
  const hoanKiem = {
    ...BA_DINH,
    code: "00070",
    nameVi: "Hoàn Kiếm",
    fullNameVi: "Phường Hoàn Kiếm",
  };
  await putUnits(db, [HANOI], "2025-07-01");
  await putUnits(db, [BA_DINH, hoanKiem], "2025-07-01");
  await db
    .insertInto("denominator_kind")
    .values({ code: "households", name_vi: "Hộ", name_en: "Households", aliases: ["tổng số hộ"] })
    .execute();
  await db.insertInto("indicator").values(indicator("fibre_hh_passed")).execute();
  await putSources(db, [
    {
      code: "province-01",
      kind: "province",
      nameVi: "Hà Nội",
      nameEn: "Hanoi",
      province: "01",
      rank: 20,
      madeUp: false,
    },
  ]);
  const units = await db.selectFrom("admin_unit").select(["id", "code"]).execute();
  const idOf = (code: string) => units.find((unit) => unit.code === code)?.id ?? 0;
  return { hanoi: idOf("01"), baDinh: idOf("00004"), hoanKiem: idOf("00070") };
}

function indicator(code: string) {
  return {
    code,
    version: 1,
    name_vi: "Hộ có cáp quang",
    name_en: "Households with fibre",
    definition_vi: "d",
    definition_en: "d",
    numerator_vi: "n",
    numerator_en: "n",
    denominator_vi: "hộ",
    denominator_en: "households",
    unit_counted: "household",
    sense: "reaches" as const,
    denominator_kind: "households",
    technology: "fibre",
    at_least: false,
    place: "any" as const,
    multi_operator: "union" as const,
    cumulative: true,
    lowest_level: "commune" as const,
    exists_from: null,
    part_of: null,
    shown_by: null,
    partition: null,
    aliases: ["số hộ có cáp quang"],
    source_url: null,
    valid_from: "2020-01-01",
    valid_to: null,
  };
}

/** A figure: 80 of 100 households at the end of September 2025. */
export function figure(unitId: number, change: Partial<NewFigure> = {}): NewFigure {
  return {
    unitId,
    indicator: "fibre_hh_passed",
    indicatorVersion: 1,
    operator: "all",
    asOf: "2025-09-30",
    basis: "reported",
    source: "province-01",
    status: "present",
    numerator: 80,
    denominator: 100,
    denominatorSource: "report",
    statedRatio: null,
    sheet: null,
    row: 2,
    note: null,
    ...change,
  };
}

/** A submission of a file whose rows were all accepted. */
export function submission(change: Partial<NewSubmission> = {}): NewSubmission {
  return {
    fileName: "báo cáo.csv",
    sha256: "a".repeat(64),
    bytes: 3,
    content: new Uint8Array([1, 0, 255]),
    format: "csv",
    encoding: "utf-8",
    source: "province-01",
    settings: {},
    understood: null,
    via: "command",
    actor: { keyId: null, name: "test" },
    receivedAt: new Date("2025-10-05T02:00:00Z"),
    outcome: "accepted",
    accepted: 1,
    held: 0,
    refused: 0,
    unchanged: 0,
    faultCount: 0,
    faults: [],
    ...change,
  };
}
