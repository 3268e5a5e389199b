import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { UnitAttributes, UnitBook } from "../../../src/domain/units/unit.ts";
import {
  compareName,
  nameKey,
  readName,
  sameUnitName,
} from "../../../src/domain/units/unit-name.ts";
import { seedUnitBook } from "../../support/seed-units.ts";

let book: UnitBook;
let names: UnitAttributes[];
beforeAll(async () => {
  book = await seedUnitBook();
  names = ["2025-06-30", "2026-11-22"].flatMap((day) =>
    (["province", "district", "commune"] as const).flatMap((level) =>
      book.allOn(level, day).map(({ id }) => book.attributesOn(id, day)),
    ),
  );
});

const VOWELS = "aeiouy";
const MARKED = fc.constantFrom(..."aăâeêioôơuưyàáảãạằắầấèéềếìíòóồốờớùúừứỳý".split(""));
const syllable = fc
  .tuple(
    fc.constantFrom("", "b", "h", "th", "ng", "đ", "d", "qu", "kr"),
    fc.array(MARKED, { minLength: 1, maxLength: 3 }).map((letters) => letters.join("")),
    fc.constantFrom("", "n", "ng", "c", "k", "'l"),
  )
  .map((parts) => parts.join(""));
const name = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(" "));

test.each([
  ["Phường \nHoàn Kiếm", "Phường Hoàn Kiếm"],
  ["Xã  Vĩnh Tường", "Xã Vĩnh Tường"],
  ["xã Bắc Sơn", "Xã Bắc Sơn"],
  ["tỉnh Ninh BÌnh", "Tỉnh Ninh Bình"],
  ["Cư M’gar", "Cư M'gar"],
  ["Xã\u00a0Cư\u00a0Pui", "Xã Cư Pui"],
  ["Hòa Bình", "Hoà Bình"],
  ["Thủy Nguyên", "Thuỷ Nguyên"],
  ["Qu\u0079\u0301 Sơn", "Quý Sơn"],
  ["Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu"],
  ["ÐỨC PHỔ", "Đức Phổ"],
])("%j and %j are one name", (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

test.each([
  ["Phó Bảng", "Phố Bảng"],
  ["Đại Đồng", "Đại Dồng"],
  ["Mỹ Đức", "Mĩ Đức"],
  ["Hoà Bình", "Hoa Bình"],
  ["Tân Phú", "Tần Phú"],
  ["An Phú", "An Phù"],
])("%s and %s are two", (one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other));
});

test.each([
  ["P. Hoàn Kiếm", "phường", "hoàn kiếm"],
  ["TP. Hà Nội", "thành phố", "hà nội"],
  ["TP Huế", "thành phố", "huế"],
  ["TT. Lộc Ninh", "thị trấn", "lộc ninh"],
  ["X.Bắc Sơn", "xã", "bắc sơn"],
  ["Đặc khu Côn Đảo", "đặc khu", "côn đảo"],
  ["Thị xã Quảng Yên", "thị xã", "quảng yên"],
  ["Phường 01", "phường", "1"],
  ["Xã Đàn", "xã", "đàn"],
  ["Tỉnh", null, "tỉnh"],
])("%s is taken apart into %s and %s", (text, type, bare) => {
  expect(readName(text)).toMatchObject({ type, bare: nameKey(bare) });
});

test("every real name is its own, with its type, without it, and in the other spelling", () => {
  expect(names.length).toBeGreaterThan(14_000);
  const wrong = names.filter(
    (each) =>
      compareName(each, readName(each.fullNameVi)) !== "same" ||
      compareName(each, readName(each.nameVi)) !== "same" ||
      (each.nameViAlt !== null && compareName(each, readName(each.nameViAlt)) !== "same"),
  );
  expect(wrong).toEqual([]);
});

test("another type is told from another name", () => {
  const unit = names.find(({ fullNameVi }) => fullNameVi === "Phường Lộc Ninh");
  if (!unit) throw new Error("no such unit");
  expect(compareName(unit, readName("Xã Lộc Ninh"))).toBe("other_type");
  expect(compareName(unit, readName("Xã Lộc Hưng"))).toBe("other");
  expect(sameUnitName("Lộc Ninh", unit)).toBe(true);
  expect(sameUnitName("Loc Ninh", unit)).toBe(false);
});

test("the eight pairs that differ by accents alone stay apart", () => {
  const present = book.allOn("commune", "2026-11-22").map(({ id }) => {
    const { fullNameVi, parentId } = book.attributesOn(id, "2026-11-22");
    return { key: nameKey(fullNameVi), plain: withoutAccents(fullNameVi), parentId };
  });
  const apart = (pick: (each: (typeof present)[number]) => string) =>
    new Set(present.map((each) => `${each.parentId} ${pick(each)}`)).size;
  expect(apart(({ key }) => key)).toBe(3321);
  expect(apart(({ plain }) => plain)).toBeLessThan(3321);
});

function withoutAccents(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}

test("a key is stable: the key of a key is itself, whatever the text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      (text) => nameKey(nameKey(text)) === nameKey(text),
    ),
  );
  fc.assert(fc.property(name, (text) => nameKey(nameKey(text)) === nameKey(text)));
});

test("case, form of Unicode and spaces never matter", () => {
  fc.assert(
    fc.property(name, fc.constantFrom(" ", "\u00a0", "\n", "  "), (text, space) => {
      const other = ` ${text.toUpperCase().normalize("NFD").replaceAll(" ", space)}\u200b`;
      expect(nameKey(other)).toBe(nameKey(text));
    }),
  );
});

test("the tone may stand on any vowel of its group", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...VOWELS.split("")), { minLength: 2, maxLength: 3 }),
      fc.constantFrom("\u0300", "\u0301", "\u0303", "\u0309", "\u0323"),
      fc.nat(2),
      fc.nat(2),
      (vowels, tone, one, other) => {
        const at = (place: number) =>
          `h${vowels.map((vowel, index) => (index === place % vowels.length ? vowel + tone : vowel)).join("")}n`;
        expect(nameKey(at(one))).toBe(nameKey(at(other)));
        expect(nameKey(at(one))).not.toBe(nameKey(`h${vowels.join("")}n`));
      },
    ),
  );
});

test("đ and d, i and y, and accents are never put aside", () => {
  fc.assert(
    fc.property(name, name, (one, other) => {
      fc.pre(withoutTones(one) !== withoutTones(other));
      expect(nameKey(one)).not.toBe(nameKey(other));
    }),
  );
});

/** What must differ in names that differ at all. */
function withoutTones(text: string): string {
  return text.normalize("NFD").replaceAll(/[\u0300\u0301\u0303\u0309\u0323]/gu, "");
}
