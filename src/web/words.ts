import type { Lifecycle, PortalKind } from "../domain/portal.ts";
import type { FamilySign, PortalState } from "../domain/portal-state.ts";
import type { Lang } from "./lang.ts";

/** Everything that the pages say, in one language. */
export interface Words {
  readonly title: string;
  readonly tagline: string;
  readonly skip: string;
  readonly madeUp: string;
  readonly states: Readonly<Record<PortalState, string>>;
  readonly signs: Readonly<Record<FamilySign, string>>;
  readonly kinds: Readonly<Record<PortalKind, string>>;
  readonly lifecycles: Readonly<Record<Lifecycle, string>>;
  readonly portals: (count: number) => string;
  readonly allPortals: string;
  readonly perFamily: string;
  readonly vantage: string;
  readonly vantageLead: (name: string, country: string | null) => string;
  readonly abroad: string;
  readonly works: string;
  readonly worksNot: string;
  readonly untested: string;
  readonly resolver: string;
  readonly columns: readonly [string, string, string, string, string];
  readonly since: string;
  readonly stale: string;
  readonly never: string;
  readonly notProbed: string;
  readonly example: string;
  readonly search: string;
  readonly searchHint: string;
  readonly clear: string;
  readonly all: string;
  readonly next: string;
  readonly nothingYet: string;
  readonly nothingFound: string;
  readonly docs: string;
  readonly openData: string;
  readonly csv: string;
  readonly metrics: string;
  readonly portalMetrics: string;
  readonly health: string;
  readonly signIn: string;
  readonly signedIn: (name: string) => string;
  readonly signOut: string;
  readonly times: (timezone: string) => string;
}

const en: Words = {
  title: "Government portals",
  tagline: "Do they answer, over IPv4 and over IPv6, each for itself?",
  skip: "Skip to the portals",
  madeUp: "Everything on this page is made up: a demonstration, not a measurement of real portals.",
  states: {
    up: "up",
    degraded: "degraded",
    down: "down",
    unknown: "not known",
    maintenance: "maintenance",
  },
  signs: {
    ok: "works",
    limit: "works, beyond a limit",
    fail: "does not work",
    absent: "not offered",
    unsure: "not known",
  },
  kinds: {
    portal: "portal",
    "public-service-gateway": "public-service gateway",
    "national-platform": "national platform",
    agency: "agency site",
  },
  lifecycles: {
    active: "active",
    retired: "retired",
    merged_into: "merged into another",
    redirected_to_dvcqg: "forwards to the national gateway",
  },
  portals: (count) => (count === 1 ? "1 portal watched" : `${count} portals watched`),
  allPortals: "All portals",
  perFamily: "By address family",
  vantage: "Where this is measured from",
  vantageLead: (name, country) =>
    `The vantage point “${name}”, ${country === null ? "country not configured" : `country ${country}`}.`,
  abroad: "Many portals answer only inside Viet Nam. What this place cannot reach may work there.",
  works: "works",
  worksNot: "does not work",
  untested: "not tested yet",
  resolver: "Name lookup",
  columns: ["Portal", "Agency", "State", "IPv4", "IPv6"],
  since: "since",
  stale: "last told",
  never: "not probed yet",
  notProbed: "not probed",
  example: "made up",
  search: "Search",
  searchHint: "Name, address or id",
  clear: "Show all",
  all: "all",
  next: "Next page",
  nothingYet:
    "No portals are registered yet. Import a list with “hatangso portals import FILE”, or create one through the API.",
  nothingFound: "No portal matches.",
  docs: "API documentation",
  openData: "Open data",
  csv: "This list as CSV",
  metrics: "Metrics of the service",
  portalMetrics: "Metrics of the portals",
  health: "Readiness",
  signIn: "Sign in with a key",
  signedIn: (name) => `You are signed in as “${name}”.`,
  signOut: "Sign out",
  times: (timezone) => `Times are in ${timezone}.`,
};

const vi: Words = {
  title: "Cổng thông tin của cơ quan nhà nước",
  tagline: "Có trả lời không, qua IPv4 và qua IPv6, xét riêng từng loại?",
  skip: "Tới danh sách cổng",
  madeUp: "Mọi thứ trên trang này là giả định để minh hoạ, không phải kết quả đo các cổng thật.",
  states: {
    up: "hoạt động",
    degraded: "suy giảm",
    down: "ngừng hoạt động",
    unknown: "chưa rõ",
    maintenance: "bảo trì",
  },
  signs: {
    ok: "hoạt động",
    limit: "hoạt động, vượt giới hạn",
    fail: "không hoạt động",
    absent: "không cung cấp",
    unsure: "chưa rõ",
  },
  kinds: {
    portal: "cổng thông tin điện tử",
    "public-service-gateway": "cổng dịch vụ công",
    "national-platform": "nền tảng quốc gia",
    agency: "trang của cơ quan",
  },
  lifecycles: {
    active: "đang dùng",
    retired: "đã dừng",
    merged_into: "đã nhập vào cổng khác",
    redirected_to_dvcqg: "chuyển tới Cổng Dịch vụ công quốc gia",
  },
  portals: (count) => `${count} cổng được theo dõi`,
  allPortals: "Tất cả các cổng",
  perFamily: "Theo loại địa chỉ",
  vantage: "Điểm đo",
  vantageLead: (name, country) =>
    `Điểm đo “${name}”, ${country === null ? "chưa cấu hình quốc gia" : `quốc gia ${country}`}.`,
  abroad:
    "Nhiều cổng chỉ trả lời trong lãnh thổ Việt Nam. Cổng mà nơi này không tới được có thể vẫn hoạt động ở đó.",
  works: "hoạt động",
  worksNot: "không hoạt động",
  untested: "chưa kiểm tra",
  resolver: "Tra cứu tên miền",
  columns: ["Cổng", "Cơ quan", "Trạng thái", "IPv4", "IPv6"],
  since: "từ",
  stale: "lần cuối",
  never: "chưa đo",
  notProbed: "không đo",
  example: "giả định",
  search: "Tìm",
  searchHint: "Tên, địa chỉ hoặc mã",
  clear: "Xem tất cả",
  all: "tất cả",
  next: "Trang sau",
  nothingYet:
    "Chưa có cổng nào. Hãy nhập danh sách bằng lệnh “hatangso portals import FILE”, hoặc tạo qua API.",
  nothingFound: "Không có cổng nào phù hợp.",
  docs: "Tài liệu API",
  openData: "Dữ liệu mở",
  csv: "Danh sách này dạng CSV",
  metrics: "Số đo của dịch vụ",
  portalMetrics: "Số đo của các cổng",
  health: "Tình trạng sẵn sàng",
  signIn: "Đăng nhập bằng khoá",
  signedIn: (name) => `Bạn đang đăng nhập với tên “${name}”.`,
  signOut: "Đăng xuất",
  times: (timezone) => `Giờ theo múi giờ ${timezone}.`,
};

/** The words of each language. */
export const WORDS: Readonly<Record<Lang, Words>> = { vi, en };
