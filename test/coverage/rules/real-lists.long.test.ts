import { beforeAll, describe, expect, it } from "vitest";
import { judge } from "../../../src/coverage/rules/index.ts";
import type { ImportFault } from "../../../src/domain/coverage/import-fault.ts";
import { smallRegister } from "../../support/small-register.ts";
import { at, figure, fileOf, row, rowsOf, SETTINGS, slug } from "./support/made-rows.ts";
import { type ListedUnit, realUnits } from "./support/real-units.ts";

let units: Awaited<ReturnType<typeof realUnits>>;

beforeAll(async () => {
  units = await realUnits();
});

function judgeList(
  list: readonly ListedUnit[],
  write: (each: ListedUnit) => ReturnType<typeof at>,
) {
  const rows = list.map((each) => row(write(each), [figure("pop_4g")]));
  const nothing = { current: () => null, before: () => null };
  return judge(
    fileOf(rows),
    { ...smallRegister(), units: units.book },
    SETTINGS,
    async () => nothing,
  );
}

function byProvince(list: readonly ListedUnit[]) {
  return [...Map.groupBy(list, ({ province }) => province)];
}

/** Ways in which lists of units go round. */
const FORMS: readonly (readonly [string, (each: ListedUnit) => ReturnType<typeof at>])[] = [
  ["with names", ({ code, name }) => at(code, name)],
  ["with names in capitals", ({ code, name }) => at(code, name.toUpperCase())],
  ["with codes only", ({ code }) => at(code, null)],
];

describe.each(FORMS)("the real list of a province %s", (_, write) => {
  it("is stopped where it is of before July 2025, of each of the 63", async () => {
    const provinces = byProvince(units.before);
    expect(provinces).toHaveLength(63);
    for (const [province, list] of provinces) {
      const { refused, faults } = await judgeList(list, write);
      expect({ province, refused, told: faults.map(slug) }).toEqual({
        province,
        refused: true,
        told: ["V08.other_vintage"],
      });
      expect(faults[0]?.detail).toMatchObject({ best_day: "2025-06-30", only_stated: 0 });
    }
  });

  it("is taken where it is of today, of each of the 34", async () => {
    const provinces = byProvince(units.now);
    expect(provinces).toHaveLength(34);
    for (const [province, list] of provinces) {
      const judged = await rowsOf(await judgeList(list, write));
      const bad = judged.flatMap(({ faults }: { faults: readonly ImportFault[] }) =>
        faults.map(slug),
      );
      expect({ province, bad }).toEqual({ province, bad: [] });
    }
  });
});

it("takes every commune of today by its name and province alone", async () => {
  const judged = await judgeList(units.now, ({ name, province }) =>
    at(null, name, { provinceCode: province }),
  );
  const found = (await rowsOf(judged)).map(({ unit }) => unit?.code);
  expect(found).toEqual(units.now.map(({ code }) => code));
});

it("takes none of them by a name without its accents, where those tell it from another", async () => {
  const plain = (text: string) =>
    text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");
  const accented = units.now.filter(({ name }) => plain(name) !== name);
  const judged = await rowsOf(await judgeList(accented, ({ code, name }) => at(code, plain(name))));
  expect(new Set(judged.map(({ verdict }) => verdict))).toEqual(new Set(["refused"]));
});
