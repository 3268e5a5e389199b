import type { Lang } from "../lang.ts";
import type { MapSort } from "./map-view.ts";

/** What the map's page says in one language, beside what is said of figures everywhere. */
interface MapWords {
  readonly title: string;
  readonly lead: string;
  readonly fields: Readonly<Record<"indicator" | "at" | "level" | "province" | "target", string>>;
  readonly withFigures: string;
  readonly withoutFigures: string;
  readonly days: string;
  readonly releases: string;
  readonly wholeCountry: string;
  readonly noTarget: string;
  readonly about: string;
  readonly sense: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly asOf: string;
  readonly release: string;
  readonly source: string;
  readonly bounds: string;
  readonly reported: string;
  readonly whyBounds: string;
  readonly now: (name: string) => string;
  readonly targets: string;
  readonly targetColumns: readonly [string, string, string, string];
  readonly targetsWhole: string;
  readonly due: (day: string) => string;
  readonly atLeast: (value: string) => string;
  readonly atMost: (value: string) => string;
  readonly map: (name: string) => string;
  readonly legend: string;
  readonly keys: string;
  readonly nothingChosen: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly wholeMap: string;
  readonly drawAll: string;
  readonly failed: string;
  readonly noScript: string;
  readonly table: (name: string) => string;
  readonly columns: Readonly<Record<MapSort, string>>;
  readonly range: string;
  readonly against: (threshold: string) => string;
  readonly note: string;
  readonly heldNote: string;
  readonly gaps: string;
  readonly stated: string;
  readonly statedLead: string;
  readonly statedColumns: readonly [string, string, string, string, string];
  readonly back: string;
  readonly page: (page: string, pages: string) => string;
  readonly files: string;
  readonly emptyTitle: string;
  readonly empty: readonly [string, string, string];
  readonly nothingAdded: string;
  readonly percentNote: string;
}

const vi: MapWords = {
  title: "Bản đồ phủ sóng, phủ mạng",
  lead: "Từng tỉnh, từng xã: tử số, mẫu số, phần chưa báo cáo và mục tiêu, không có con số nào tự đặt ra.",
  fields: {
    indicator: "Chỉ tiêu",
    at: "Ngày số liệu hoặc bản công bố",
    level: "Cấp",
    province: "Các xã của tỉnh, thành phố",
    target: "So với mục tiêu",
  },
  withFigures: "Có số liệu",
  withoutFigures: "Chưa có số liệu",
  days: "Số liệu hiện có của ngày",
  releases: "Đúng như đã công bố",
  wholeCountry: "cả nước",
  noTarget: "không so",
  about: "Chỉ tiêu này đếm gì",
  sense: "Nghĩa",
  numerator: "Tử số",
  denominator: "Mẫu số",
  asOf: "Số liệu đến ngày",
  release: "Bản công bố",
  source: "Nguồn mẫu số",
  bounds: "Khoảng có thể",
  reported: "Đã báo cáo",
  whyBounds:
    "Khoảng có thể là giá trị khi mọi nơi chưa báo cáo đều bằng 0 % (ít nhất) và đều bằng 100 % (nhiều nhất).",
  now: (name) => `${name}: kết quả`,
  targets: "Mục tiêu có căn cứ pháp lý",
  targetColumns: ["Mục tiêu", "Ngưỡng và hạn", "Căn cứ", "Kết luận"],
  targetsWhole: "Chỉ kết luận đạt hay chưa đạt khi phần chưa báo cáo không thể làm đổi kết quả.",
  due: (day) => `hạn ${day}`,
  atLeast: (value) => `từ ${value} trở lên`,
  atMost: (value) => `không quá ${value}`,
  map: (name) => `Bản đồ: ${name}`,
  legend: "Chú giải",
  keys: "Bấm vào một vùng để mở. Bằng bàn phím: Tab tới bản đồ, phím mũi tên để di chuyển, + và − để phóng to, thu nhỏ, N và P để chọn vùng sau, vùng trước, Enter để mở. Bảng dưới đây có cùng số liệu.",
  nothingChosen: "Chưa chọn vùng nào.",
  zoomIn: "Phóng to",
  zoomOut: "Thu nhỏ",
  wholeMap: "Xem toàn bộ",
  drawAll: "Vẽ bản đồ mọi xã của cả nước (khoảng 0,6 MB)",
  failed: "Không tải được bản đồ. Bảng dưới đây có cùng số liệu.",
  noScript: "Bản đồ cần JavaScript. Bảng dưới đây có cùng số liệu và không cần.",
  table: (name) => `Số liệu: ${name}`,
  columns: {
    name: "Đơn vị",
    ratio: "Giá trị",
    numerator: "Tử số/mẫu số",
    reported: "Đã báo cáo",
  },
  range: "Khoảng có thể",
  against: (threshold) => `So với ngưỡng ${threshold}`,
  note: "Ghi chú",
  heldNote:
    "Mục tiêu đặt cho cả nước; từng đơn vị được so với cùng ngưỡng chỉ để thấy nơi còn thiếu.",
  gaps: "Những xã làm cho mục tiêu này chưa đạt",
  stated: "Số liệu đã công bố ở nơi khác",
  statedLead:
    "Được nêu cho cả đơn vị, không cộng từ xã lên và không tham gia phép cộng nào ở trên.",
  statedColumns: ["Ngày số liệu", "Giá trị", "Cơ sở", "Nguồn", "Ghi chú"],
  back: "Về bản đồ cả nước",
  page: (page, pages) => `Trang ${page}/${pages}`,
  files: "Tải số liệu này",
  emptyTitle: "Chưa có số liệu nào",
  empty: [
    "Sổ số liệu đang trống, nên không có gì để vẽ: không có con số nào được đặt ra thay cho số liệu thật.",
    "Để bắt đầu, hãy nhập báo cáo của một tỉnh (CSV hoặc XLSX) ở trang “Nhập số liệu”, hoặc bằng lệnh hatangso coverage import TỆP.",
    "Mẫu bảng tính của từng tỉnh có sẵn mã, tên và cột đúng: xem trang “Kỳ báo cáo”.",
  ],
  nothingAdded:
    "Chưa có xã nào báo cáo chỉ tiêu này cho ngày đã chọn, nên mọi đơn vị đều là “chưa có số liệu”.",
  percentNote: "chỉ có tỷ lệ",
};

const en: MapWords = {
  title: "Coverage map",
  lead: "Province by province, commune by commune: numerator, denominator, what was not reported, and targets. No figure is invented.",
  fields: {
    indicator: "Indicator",
    at: "Day of the figures, or release",
    level: "Level",
    province: "Communes of the province",
    target: "Against the target",
  },
  withFigures: "With figures",
  withoutFigures: "Without figures",
  days: "The register now, of the day",
  releases: "As it was published",
  wholeCountry: "whole country",
  noTarget: "none",
  about: "What this indicator counts",
  sense: "Sense",
  numerator: "Numerator",
  denominator: "Denominator",
  asOf: "Figures as of",
  release: "Release",
  source: "Origin of the denominators",
  bounds: "Possible range",
  reported: "Reported",
  whyBounds:
    "The possible range is the value with everything that was not reported at 0 % (at least) and at 100 % (at most).",
  now: (name) => `${name}: the result`,
  targets: "Targets with their legal source",
  targetColumns: ["Target", "Threshold and due day", "Source", "Verdict"],
  targetsWhole: "Met or not met is only said where what was not reported cannot change it.",
  due: (day) => `due ${day}`,
  atLeast: (value) => `at least ${value}`,
  atMost: (value) => `at most ${value}`,
  map: (name) => `Map: ${name}`,
  legend: "Legend",
  keys: "Click a region to open it. By keyboard: Tab to the map, arrow keys move it, + and − zoom, N and P choose the next and the previous region, Enter opens it. The table below has the same figures.",
  nothingChosen: "No region is chosen.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  wholeMap: "Show all",
  drawAll: "Draw the map of every commune of the country (some 0.6 MB)",
  failed: "The map could not be loaded. The table below has the same figures.",
  noScript: "The map needs JavaScript. The table below has the same figures and needs none.",
  table: (name) => `Figures: ${name}`,
  columns: {
    name: "Unit",
    ratio: "Value",
    numerator: "Numerator/denominator",
    reported: "Reported",
  },
  range: "Possible range",
  against: (threshold) => `Against the threshold ${threshold}`,
  note: "Note",
  heldNote:
    "The target is set for the whole country; each unit is held against the same threshold only to show where something is missing.",
  gaps: "The communes that keep this target from being met",
  stated: "Published elsewhere",
  statedLead:
    "Stated of the unit as a whole: not added up from communes, and part of no sum above.",
  statedColumns: ["Day", "Value", "Basis", "Source", "Note"],
  back: "Back to the map of the country",
  page: (page, pages) => `Page ${page} of ${pages}`,
  files: "These figures as a file",
  emptyTitle: "There are no figures yet",
  empty: [
    "The register is empty, so there is nothing to draw: no figure is invented in place of a real one.",
    "To begin, import the report of a province (CSV or XLSX) on the page “Import”, or with the command hatangso coverage import FILE.",
    "There is a spreadsheet template for each province with codes, names and columns filled in: see “Reporting rounds”.",
  ],
  nothingAdded:
    "No commune has reported this indicator for the chosen day, so every unit shows as “no data”.",
  percentNote: "percentage only",
};

/** The words of each language. */
export const MAP_WORDS: Readonly<Record<Lang, MapWords>> = { vi, en };
