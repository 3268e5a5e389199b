import { columns, joined } from "../../kit/columns.ts";
import { map } from "../../kit/geomap.ts";
import { table } from "../../kit/kinds.ts";
import { cell } from "../../kit/links.ts";
import type { Panel } from "../../kit/panel.ts";
import { rows } from "../../kit/query.ts";
import type { Text } from "../../kit/text.ts";
import { COLOURS, NEUTRAL } from "../../kit/thresholds.ts";

const NAME: Text = { vi: "Tên", en: "Name" };
const CODE: Text = { vi: "Mã", en: "Code" };
const SHARE: Text = { vi: "Tỷ lệ", en: "Share" };

/** Named wherever a boundary is shown; a description would be behind a click. */
const BORDERS: Text = {
  vi: "ranh giới: sapnhap.bando.com.vn",
  en: "boundaries: sapnhap.bando.com.vn",
};

const named = (series: string, matchers: string) =>
  `${series} * on (unit) group_left (name) coverage_unit_info{${matchers}}`;

const ofProvinces = (metric: string) => `${metric}{indicator="$indicator", level="province"}`;

const AS_PLACES = columns([
  { field: "unit", title: CODE },
  { field: "name", title: NAME },
  { field: "Value", title: SHARE },
]);

const PROVINCE_MAP: Panel = map({
  id: 6,
  size: [10, 14],
  title: { vi: `Các tỉnh (${BORDERS.vi})`, en: `Provinces (${BORDERS.en})` },
  description: {
    vi: "Đậm là tỷ lệ cao, xám là chưa có số liệu; số của từng tỉnh ở bảng bên cạnh. Ranh giới, Hoàng Sa và Trường Sa lấy từ dữ liệu của dịch vụ; không tải bản đồ nền nào từ bên ngoài. Trình duyệt phải tới được địa chỉ của dịch vụ.",
    en: "A darker shade is a higher share, grey has no figures; the numbers stand in the table beside. Borders, Hoàng Sa and Trường Sa are those of the service's data; no map is fetched from elsewhere. The browser has to reach the service.",
  },
  queries: [rows(named(ofProvinces("coverage_ratio"), 'level="province"'))],
  unit: "percentunit",
  decimals: 1,
  min: 0,
  max: 1,
  transformations: AS_PLACES,
  layer: { key: "unit", value: "Value", file: "/geo/provinces.geojson", draw: "areas" },
  view: "country",
});

const GAUGE = { "custom.cellOptions": { type: "gauge", mode: "basic" } };

const PROVINCE_TABLE: Panel = table({
  id: 7,
  size: [14, 14],
  title: { vi: "Bảng các tỉnh", en: "Table of provinces" },
  description: {
    vi: "Tỷ lệ, hai cận và số xã đã báo cáo của từng tỉnh. Hai cận xa nhau là còn nhiều xã chưa báo cáo. Bấm tên để xem các xã của tỉnh ở dưới.",
    en: "Share, bounds and communes that reported, for each province. Bounds that lie far apart mean that many communes are missing. A click on the name shows the province's communes below.",
  },
  queries: [
    // Every province has a row, those without figures too.
    rows('max by (unit, name) (coverage_unit_info{level="province"})'),
    rows(`max by (unit) (${ofProvinces("coverage_ratio")})`),
    rows(`max by (unit) (${ofProvinces("coverage_ratio_lower")})`),
    rows(`max by (unit) (${ofProvinces("coverage_ratio_upper")})`),
    rows(`max by (unit) (${ofProvinces("coverage_reported_communes")})`),
    rows(`max by (unit) (${ofProvinces("coverage_expected_communes")})`),
  ],
  unit: "percentunit",
  decimals: 1,
  min: 0,
  max: 1,
  thresholds: NEUTRAL,
  transformations: joined("unit", [
    { field: "unit", title: CODE },
    { field: "name", title: NAME },
    { field: "Value #B", title: SHARE },
    { field: "Value #C", title: { vi: "Thấp nhất", en: "At least" } },
    { field: "Value #D", title: { vi: "Cao nhất", en: "At most" } },
    { field: "Value #E", title: { vi: "Xã đã báo cáo", en: "Communes in" } },
    { field: "Value #F", title: { vi: "Xã phải có", en: "Communes expected" } },
  ]),
  sortBy: { column: SHARE },
  overrides: [
    {
      of: NAME,
      links: [
        {
          title: { vi: "Các xã của tỉnh này", en: "The communes of this province" },
          board: "coverage",
          // oxlint-disable-next-line no-template-curly-in-string -- Grafana's, not ours
          variables: { province: cell("unit"), indicator: "${indicator}" },
        },
        {
          title: { vi: "Trang của tỉnh", en: "The province's page" },
          page: `/coverage/units/province/${cell("unit")}`,
        },
      ],
    },
    { of: SHARE, custom: GAUGE },
    ...[
      { vi: "Xã đã báo cáo", en: "Communes in" },
      { vi: "Xã phải có", en: "Communes expected" },
    ].map((of) => ({ of, unit: "none", decimals: 0 })),
  ],
});

const COMMUNES = named(
  'coverage_ratio{indicator="$indicator", level="commune"}',
  'level="commune", province="$province"',
);

const COMMUNE_MAP: Panel = map({
  id: 8,
  size: [10, 12],
  title: {
    vi: `Các xã của tỉnh đã chọn (${BORDERS.vi})`,
    en: `Communes of the chosen province (${BORDERS.en})`,
  },
  description: {
    vi: "Mỗi chấm là một xã, phường, đặc khu có số liệu, đặt ở điểm giữa; đậm là tỷ lệ cao. Chỗ không có chấm: chưa báo cáo.",
    en: "A dot per commune, ward or special zone with figures, at its middle; a darker shade is a higher share. Where there is no dot, nothing was reported.",
  },
  queries: [rows(COMMUNES)],
  unit: "percentunit",
  decimals: 1,
  min: 0,
  max: 1,
  transformations: AS_PLACES,
  layer: {
    key: "unit",
    value: "Value",
    file: "/geo/communes/gazetteer.json",
    draw: "points",
  },
  view: "data",
});

const COMMUNE_TABLE: Panel = table({
  id: 9,
  size: [14, 12],
  title: { vi: "Bảng các xã của tỉnh đã chọn", en: "Table of its communes" },
  description: {
    vi: "Tỷ lệ của từng xã, phường, đặc khu đã báo cáo, thấp nhất trước. Bấm tên để mở trang của xã.",
    en: "The share of each commune, ward or special zone that reported, the lowest first. A click on the name opens its page.",
  },
  queries: [rows(COMMUNES)],
  unit: "percentunit",
  decimals: 1,
  min: 0,
  max: 1,
  thresholds: NEUTRAL,
  transformations: AS_PLACES,
  sortBy: { column: SHARE },
  overrides: [
    {
      of: NAME,
      links: [
        {
          title: { vi: "Trang của xã", en: "The commune's page" },
          page: `/coverage/units/commune/${cell("unit")}`,
        },
      ],
    },
    { of: SHARE, custom: GAUGE },
  ],
});

const MISSING: Panel = table({
  id: 14,
  size: [24, 8],
  title: { vi: "Tỉnh còn thiếu xã", en: "Provinces with communes missing" },
  description: {
    vi: "Số xã chưa có số liệu của chỉ tiêu này, theo tỉnh. Danh sách từng xã: trang “Còn thiếu” của dịch vụ.",
    en: "Communes without figures of this indicator, by province. The service's page of gaps lists each of them.",
  },
  queries: [
    rows(
      named(
        `(${ofProvinces("coverage_expected_communes")} - ${ofProvinces("coverage_reported_communes")} > 0)`,
        'level="province"',
      ),
    ),
  ],
  unit: "none",
  decimals: 0,
  thresholds: { base: COLOURS.plain, steps: [] },
  transformations: columns([
    { field: "unit", title: CODE },
    { field: "name", title: NAME },
    { field: "Value", title: { vi: "Xã còn thiếu", en: "Communes missing" } },
  ]),
  sortBy: { column: { vi: "Xã còn thiếu", en: "Communes missing" }, descending: true },
  noValue: { vi: "mọi xã đã báo cáo", en: "every commune reported" },
});

/** The chosen indicator on the map and by name: provinces, and the communes of one. */
export const PROVINCES: readonly Panel[] = [PROVINCE_MAP, PROVINCE_TABLE];
export const OF_PROVINCE: readonly Panel[] = [COMMUNE_MAP, COMMUNE_TABLE];
export const GAPS: readonly Panel[] = [MISSING];
