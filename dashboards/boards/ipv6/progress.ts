import { COLOURED_CELL, wide } from "../../kit/cells.ts";
import { columns, joined } from "../../kit/columns.ts";
import { lines, table } from "../../kit/kinds.ts";
import { OWNER_NAMES, wordsOf } from "../../kit/label-words.ts";
import type { Panel } from "../../kit/panel.ts";
import { over, rows } from "../../kit/query.ts";
import { same } from "../../kit/text.ts";
import { asShare, COLOURS } from "../../kit/thresholds.ts";
import { IPV6_SHARE } from "../../limits.ts";
import { KINDS, MILESTONES, milestoneText } from "./milestones.ts";
import { shareFrom } from "./shares.ts";

const TREND: Panel = lines({
  id: 7,
  size: [14, 9],
  title: { vi: "Tỷ lệ theo thời gian, so với đích", en: "Share over time, against the goal" },
  description: {
    vi: "Tỷ lệ cổng từ mức L3, L4 và L5. Đích của các chương trình là 100 %; hạn và mức của từng văn bản ở bảng bên cạnh. Một mức chỉ đổi sau hai lần kiểm tra liên tiếp.",
    en: "Share of portals at L3, L4 and L5 or above. The goal of the programmes is 100 %; date and level of each document stand in the table beside. A level changes after two audits in a row.",
  },
  queries: [
    over(shareFrom("L3"), { vi: "từ L3", en: "L3 and above" }),
    over(shareFrom("L4"), { vi: "từ L4", en: "L4 and above" }),
    over(shareFrom("L5"), same("L5")),
    over("vector(1)", { vi: "đích", en: "goal" }),
  ],
  unit: "percentunit",
  min: 0,
  max: 1,
  interval: "5m",
});

const milestone = (id: string, share: string) =>
  `label_replace(${share}, "milestone", "${id}", "", "")`;

const TARGETS: Panel = table({
  id: 8,
  size: [10, 9],
  title: { vi: "Mốc của chương trình", en: "Milestones of the programme" },
  description: {
    vi: "Các mốc có hạn và tỷ lệ cổng thông tin, cổng dịch vụ công hiện đạt. Mức tương ứng là cách hiểu của hệ thống: không tìm thấy định nghĩa chính thức. Trước khi trích dẫn, hãy đọc văn bản.",
    en: "Dated targets, and the share of portals and public-service gateways that are there now. The level is this system's reading: no official definition was found. Read the document before quoting it.",
  },
  queries: [
    rows(
      MILESTONES.map(({ id, level }) =>
        milestone(id, shareFrom(level, { kinds: KINDS.join("|") })),
      ).join(" or "),
    ),
  ],
  unit: "percentunit",
  decimals: 1,
  transformations: columns([
    { field: "milestone", title: { vi: "Mốc", en: "Milestone" } },
    { field: "Value", title: { vi: "Hiện nay", en: "Now" } },
  ]),
  overrides: [
    {
      of: { vi: "Mốc", en: "Milestone" },
      words: wordsOf(Object.fromEntries(MILESTONES.map((each) => [each.id, milestoneText(each)]))),
      custom: { "custom.wrapText": true },
    },
    {
      of: { vi: "Hiện nay", en: "Now" },
      thresholds: { base: COLOURS.warn, steps: [[1, COLOURS.good]] },
      custom: { ...COLOURED_CELL, ...wide(110) },
    },
  ],
});

const counted = (levels: string) =>
  `sum by (owner_type) (portals_by_ipv6_level{level=~"${levels}"})`;

const BY_OWNER: Panel = table({
  id: 9,
  size: [24, 7],
  title: { vi: "Theo loại cơ quan", en: "By kind of agency" },
  description: {
    vi: "Số cổng và tỷ lệ từng mức của mỗi loại cơ quan; các tỷ lệ chỉ tính cổng biết được mức.",
    en: "Portals and shares of each kind of agency; shares are of the portals whose level is known.",
  },
  queries: [
    rows(counted(".+")),
    rows(shareFrom("L3", { by: "owner_type" })),
    rows(shareFrom("L4", { by: "owner_type" })),
    rows(shareFrom("L5", { by: "owner_type" })),
    rows(counted("L0")),
    rows(counted("LX")),
    rows(counted("U")),
  ],
  unit: "short",
  transformations: joined("owner_type", [
    { field: "owner_type", title: { vi: "Loại cơ quan", en: "Kind of agency" } },
    { field: "Value #A", title: { vi: "Cổng", en: "Portals" } },
    { field: "Value #B", title: { vi: "Từ L3", en: "L3 and above" } },
    { field: "Value #C", title: { vi: "Từ L4", en: "L4 and above" } },
    { field: "Value #D", title: same("L5") },
    { field: "Value #E", title: { vi: "Chỉ IPv4 (L0)", en: "IPv4 only (L0)" } },
    { field: "Value #F", title: { vi: "IPv6 hỏng (LX)", en: "IPv6 is broken (LX)" } },
    { field: "Value #G", title: { vi: "Chưa biết (U)", en: "Not known (U)" } },
  ]),
  overrides: [
    { of: { vi: "Loại cơ quan", en: "Kind of agency" }, words: wordsOf(OWNER_NAMES) },
    ...[{ vi: "Từ L3", en: "L3 and above" }, { vi: "Từ L4", en: "L4 and above" }, same("L5")].map(
      (of) => ({
        of,
        ...asShare(IPV6_SHARE),
        custom: COLOURED_CELL,
      }),
    ),
  ],
});

const LEVELS_OVER_TIME: Panel = lines({
  id: 14,
  size: [24, 8],
  title: { vi: "Số cổng ở mỗi mức theo thời gian", en: "Portals at each level over time" },
  description: {
    vi: "Mọi cổng được tính, chồng theo mức: phần dày lên ở trên là tiến bộ, LX dày lên là tụt lùi.",
    en: "All counted portals, stacked by level: growth at the top is progress, growth of LX is a step back.",
  },
  queries: [over("sum by (level) (portals_by_ipv6_level)", same("{{level}}"))],
  unit: "short",
  min: 0,
  stacked: true,
  interval: "5m",
});

/** How far it has come, over time and by kind of agency. */
export const PROGRESS: readonly Panel[] = [TREND, TARGETS];
export const OWNERS: readonly Panel[] = [BY_OWNER];
export const HISTORY: readonly Panel[] = [LEVELS_OVER_TIME];
