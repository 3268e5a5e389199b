import type { ChangeKind } from "../../reports/coverage-releases/change-row.ts";
import type { Lang } from "../lang.ts";

/** What the pages of releases and open data say in one language. */
interface ReleasePageWords {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly columns: readonly [string, string, string, string, string];
  readonly one: (code: string) => string;
  readonly asOf: string;
  readonly published: string;
  readonly licence: string;
  readonly figures: string;
  readonly note: string;
  readonly breaks: string;
  readonly breaksWhy: string;
  readonly changedVersion: (from: string, to: string) => string;
  readonly content: string;
  readonly contentColumns: readonly [string, string, string, string, string];
  readonly map: string;
  readonly files: string;
  readonly checksum: string;
  readonly verify: string;
  readonly verifyHow: string;
  readonly verifyHere: string;
  readonly changes: string;
  readonly since: string;
  readonly first: string;
  readonly kind: string;
  readonly indicator: string;
  readonly all: string;
  readonly kinds: Readonly<Record<ChangeKind, string>>;
  readonly changeColumns: readonly [string, string, string, string, string];
  readonly gone: string;
  readonly incomparable: string;
  readonly unchanged: string;
  readonly csv: string;
  readonly openTitle: string;
  readonly openLead: string;
  readonly openFormats: string;
  readonly dcat: string;
  readonly api: string;
  readonly boundaries: string;
  readonly varies: string;
  readonly formatColumns: readonly [string, string, string];
}

const vi: ReleasePageWords = {
  title: "Các kỳ công bố",
  lead: "Mỗi quý một bản, giữ nguyên sau khi công bố; mọi sửa đổi nằm trong bản sau, kèm lý do.",
  none: "Chưa có bản công bố nào. Bản đầu tiên có sau khi người quản trị công bố số liệu của một quý.",
  columns: ["Bản công bố", "Số liệu đến ngày", "Công bố lúc", "Số lượng", "SHA-256"],
  one: (code) => `Bản công bố ${code}`,
  asOf: "Số liệu đến ngày",
  published: "Công bố lúc",
  licence: "Giấy phép",
  figures: "Số lượng số liệu",
  note: "Ghi chú",
  breaks: "Đổi phương pháp",
  breaksWhy: "Số liệu trước và sau khi đổi phương pháp không so sánh được với nhau.",
  changedVersion: (from, to) => `định nghĩa đổi từ phiên bản ${from} sang ${to}`,
  content: "Có gì trong bản này",
  contentColumns: ["Chỉ tiêu", "Cơ sở", "Tất cả", "Của quý này", "Có giá trị"],
  map: "Bản đồ và bảng của bản này",
  files: "Tệp và mã kiểm tra",
  checksum: "SHA-256 của tệp CSV không lọc",
  verify: "Cách kiểm tra",
  verifyHow:
    "Tải tệp CSV không lọc và tính SHA-256; kết quả phải bằng mã ở trên. Ai có cùng tệp thì có cùng mã.",
  verifyHere: "Để máy chủ tính lại từ sổ số liệu",
  changes: "Thay đổi so với bản khác",
  since: "So với",
  first: "chưa có gì (bản đầu tiên)",
  kind: "Loại thay đổi",
  indicator: "Chỉ tiêu",
  all: "tất cả",
  kinds: {
    new: "mới",
    revised: "sửa",
    withdrawn: "rút lại",
    unit_changed: "đơn vị hành chính thay đổi",
  },
  changeColumns: ["Đơn vị", "Thay đổi", "Chỉ tiêu và ngày", "Cũ → mới", "Lý do"],
  gone: "không có",
  incomparable: "đổi phương pháp: không so sánh được",
  unchanged: "Không có thay đổi nào như vậy.",
  csv: "Danh sách thay đổi dạng CSV",
  openTitle: "Dữ liệu mở",
  openLead: "Mọi bản công bố, để ai cũng dùng lại được: giấy phép, tệp, mã kiểm tra.",
  openFormats: "Định dạng: CSV (UTF-8 có BOM), XLSX, JSON, GeoJSON.",
  dcat: "Danh mục DCAT 3 (JSON-LD)",
  api: "Tài liệu API",
  boundaries: "Ranh giới",
  varies: "có thể đổi (tên gọi và văn bản được cập nhật)",
  formatColumns: ["Tệp", "Loại", "SHA-256"],
};

const en: ReleasePageWords = {
  title: "Releases",
  lead: "One a quarter, which stays as it was published; corrections are in the next one, with their reason.",
  none: "There is no release yet. The first one is there when an administrator has published a quarter's figures.",
  columns: ["Release", "Figures as of", "Published", "Figures", "SHA-256"],
  one: (code) => `Release ${code}`,
  asOf: "Figures as of",
  published: "Published",
  licence: "Licence",
  figures: "Figures",
  note: "Note",
  breaks: "Change of method",
  breaksWhy: "Figures before and after a change of method do not compare.",
  changedVersion: (from, to) => `the definition changed from version ${from} to ${to}`,
  content: "What is in it",
  contentColumns: ["Indicator", "Basis", "All", "Of this quarter", "With a value"],
  map: "Map and table of this release",
  files: "Files and checksums",
  checksum: "SHA-256 of the CSV file without any filter",
  verify: "How to verify",
  verifyHow:
    "Download the CSV file without any filter and compute its SHA-256: it must be the one above. Whoever has the same file has the same checksum.",
  verifyHere: "Let the server compute it again from the register",
  changes: "What changed since another release",
  since: "Compared with",
  first: "nothing (the first release)",
  kind: "Kind of change",
  indicator: "Indicator",
  all: "all",
  kinds: {
    new: "new",
    revised: "revised",
    withdrawn: "withdrawn",
    unit_changed: "unit changed",
  },
  changeColumns: ["Unit", "Change", "Indicator and day", "Old → new", "Reason"],
  gone: "not there",
  incomparable: "change of method: does not compare",
  unchanged: "There is no such change.",
  csv: "The changes as CSV",
  openTitle: "Open data",
  openLead: "Every release, for anybody to use again: licence, files, checksums.",
  openFormats: "Formats: CSV (UTF-8 with BOM), XLSX, JSON, GeoJSON.",
  dcat: "DCAT 3 catalogue (JSON-LD)",
  api: "API documentation",
  boundaries: "Boundaries",
  varies: "may change (names and legal texts are brought up to date)",
  formatColumns: ["File", "Type", "SHA-256"],
};

/** The words of each language. */
export const RELEASE_PAGE_WORDS: Readonly<Record<Lang, ReleasePageWords>> = { vi, en };
