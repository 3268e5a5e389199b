import type { CheckId } from "../../src/domain/finding.ts";
import { joined } from "../kit/columns.ts";
import { table } from "../kit/kinds.ts";
import { CHECK_NAMES, wordsOf } from "../kit/label-words.ts";
import type { Panel, PanelOptions } from "../kit/panel.ts";
import { rows } from "../kit/query.ts";
import { NEUTRAL } from "../kit/thresholds.ts";

const CHECK_TITLE = { vi: "Phép kiểm tra", en: "Check" };
const FAIL_TITLE = { vi: "Không đạt", en: "Fail" };

/** How many portals these checks do not hold of, by verdict; the check leads to what to mend first. */
export function findingTable(
  options: Pick<PanelOptions, "id" | "size" | "title" | "description"> & {
    readonly checks: readonly CheckId[];
  },
): Panel {
  const { checks, ...rest } = options;
  const found = (verdict: "fail" | "warn") =>
    rows(
      `sum by (check) (check:portal_finding:count{check=~"${checks.join("|")}", verdict="${verdict}"})`,
    );
  return table({
    ...rest,
    queries: [found("fail"), found("warn")],
    unit: "short",
    decimals: 0,
    thresholds: NEUTRAL,
    transformations: joined("check", [
      { field: "check", title: CHECK_TITLE },
      { field: "Value #A", title: FAIL_TITLE },
      { field: "Value #B", title: { vi: "Cần lưu ý", en: "Warning" } },
    ]),
    sortBy: { column: FAIL_TITLE, descending: true },
    noValue: { vi: "không có gì", en: "nothing" },
    overrides: [
      {
        of: CHECK_TITLE,
        words: wordsOf(CHECK_NAMES),
        links: [
          { title: { vi: "Sửa gì trước", en: "Mend first" }, page: "/compliance/mend-first" },
        ],
      },
      { of: FAIL_TITLE, custom: { "custom.cellOptions": { type: "gauge", mode: "basic" } } },
    ],
  });
}
