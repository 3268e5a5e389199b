import fc from "fast-check";
import { expect, test } from "vitest";
import {
  foldHeader,
  saysPercent,
  saysScale,
  wordBag,
} from "../../../src/coverage/understand/fold-header.ts";

test.each([
  ["Mã ĐVHC", "ma dvhc"],
  ["MÃ XÃ/PHƯỜNG", "ma xa phuong"],
  ["Tổng số hộ\n(hộ)", "tong so ho"],
  ["Số hộ có cáp quang (3)=(2)/(1)", "so ho co cap quang"],
  ["Ty\u0309 lê\u0323 (%)", "ti le"],
  ["Tỉ lệ", "ti le"],
  ["Kì báo cáo", "ki bao cao"],
  ["Kỳ báo cáo", "ki bao cao"],
  ["Phủ sóng (5G)", "phu song 5g"],
  ["Dân số (nghìn người)", "dan so nghin nguoi"],
])("%j folds to %s", (header, folded) => {
  expect(foldHeader(header)).toBe(folded);
});

test("folding twice changes nothing, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(foldHeader(foldHeader(text))).toBe(foldHeader(text));
    }),
  );
});

test("the bag of words is the same in any order", () => {
  const words = fc.shuffledSubarray(["số", "hộ", "cáp", "quang", "4G", "phủ"], { minLength: 1 });
  fc.assert(
    fc.property(words, (list) => {
      expect(wordBag(foldHeader(list.join(" ")))).toBe(
        wordBag(foldHeader(list.toReversed().join("/"))),
      );
    }),
  );
});

test("percentages and thousands are seen in headers, and not where a word only looks like them", () => {
  expect(["Tỷ lệ hộ", "Số hộ (%)", "% dân số", "Phần trăm"].every(saysPercent)).toBe(true);
  expect(saysPercent("Số hộ")).toBe(false);
  expect(["Dân số (nghìn người)", "ĐVT: 1.000 hộ", "triệu người"].every(saysScale)).toBe(true);
  const short = ["Số hộ (nghìn)", "ĐVT: nghìn", "ĐVT: 1.000", "Dân số (1000)"];
  expect(short.filter((text) => !saysScale(text))).toEqual([]);
  expect(["Công ty", "Tốc độ 1000 Mb/s", "Dân số 1.000"].some(saysScale)).toBe(false);
  expect(["Số hộ", "Thôn Nghìn Trượng", "Dân số (người)"].some(saysScale)).toBe(false);
});
