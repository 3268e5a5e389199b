import type { FailureReason } from "../../src/domain/failure.ts";
import type { Verdict } from "../../src/domain/finding.ts";
import type { CauseType } from "../../src/domain/incident/common-cause.ts";
import type { Severity } from "../../src/domain/incident/kinds.ts";
import type { Held } from "../../src/domain/incident/telling.ts";
import type { Outcome, Phase } from "../../src/domain/observation.ts";
import type { PortalKind } from "../../src/domain/portal.ts";
import { INCIDENT_NAMES, wordsOf } from "../kit/label-words.ts";
import type { Word, Words } from "../kit/mappings.ts";
import { same, type Text } from "../kit/text.ts";
import { COLOURS, type Colour } from "../kit/thresholds.ts";

const word = (vi: string, en: string, colour: Colour): Word => ({ text: { vi, en }, colour });

/** How urgent an incident is, by its label. */
export const SEVERITIES: Readonly<Record<Severity, Word>> = {
  critical: word("nghiêm trọng", "critical", COLOURS.bad),
  major: word("cao", "major", COLOURS.bad),
  minor: word("thấp", "minor", COLOURS.warn),
  info: word("để biết", "for information", COLOURS.plain),
};

/** The severities as numbers, so that the most urgent incidents can be picked: 4 is the most urgent. */
export const SEVERITY_VALUES: Readonly<Record<Severity, number>> = {
  critical: 4,
  major: 3,
  minor: 2,
  info: 1,
};

export const SEVERITY_WORDS: Words = new Map(
  Object.entries(SEVERITY_VALUES).map(([severity, value]) => [
    value,
    SEVERITIES[severity as Severity],
  ]),
);

export const SEVERITY_LABEL_WORDS: Words = new Map(Object.entries(SEVERITIES));

/** Of the label `kind` of incidents. */
export const INCIDENT_KIND_WORDS = wordsOf(INCIDENT_NAMES);

/** Why nobody is told of an incident; what belongs to others' telling is not exposed. */
const HELD: Readonly<Record<Exclude<Held, "prometheus" | "no_channel" | "child">, Text>> = {
  maintenance: { vi: "đang bảo trì", en: "in maintenance" },
  mass: { vi: "quá nhiều cổng hỏng cùng lúc", en: "too many portals fail at once" },
  vantage: { vi: "điểm đo có trục trặc", en: "the vantage point is impaired" },
  late: { vi: "kết quả đến muộn", en: "the news came late" },
  other_family: { vi: "chờ họ địa chỉ kia", en: "waits for the other family" },
  group: { vi: "chờ xem có nguyên nhân chung", en: "waits for others of one cause" },
  flapping: { vi: "đang chập chờn", en: "it flaps" },
};

/** Of the label `reason` of incidents that are held. */
export const HELD_WORDS = wordsOf(HELD);

const CAUSES: Readonly<Record<CauseType, Text>> = {
  address: { vi: "địa chỉ", en: "an address" },
  prefix: { vi: "dải địa chỉ", en: "an address range" },
  "name-servers": { vi: "máy chủ tên miền", en: "name servers" },
  agency: { vi: "cơ quan", en: "the agency" },
};

/** Of the label `cause`: what the portals of a common cause share. */
export const CAUSE_WORDS = wordsOf(CAUSES);

const PORTAL_KINDS: Readonly<Record<PortalKind, Text>> = {
  portal: { vi: "cổng thông tin", en: "portal" },
  "public-service-gateway": { vi: "cổng dịch vụ công", en: "public service gateway" },
  "national-platform": { vi: "nền tảng quốc gia", en: "national platform" },
  agency: { vi: "trang của cơ quan", en: "agency's page" },
};

/** Of the label `kind` of portals. */
export const PORTAL_KIND_WORDS = wordsOf(PORTAL_KINDS);

const REASONS: Readonly<Record<FailureReason, Text>> = {
  dns: { vi: "tên miền", en: "names" },
  no_address: { vi: "không có địa chỉ", en: "no address" },
  address_special: { vi: "địa chỉ không công cộng", en: "address is not public" },
  connect_refused: { vi: "từ chối kết nối", en: "connection refused" },
  connect_timeout: { vi: "kết nối không hồi đáp", en: "no answer to the connection" },
  network: { vi: "mạng", en: "network" },
  tls_handshake: { vi: "bắt tay TLS", en: "TLS handshake" },
  certificate: { vi: "chứng thư", en: "certificate" },
  http_timeout: { vi: "trả lời quá hạn", en: "answer too late" },
  http_protocol: { vi: "sai giao thức HTTP", en: "HTTP protocol" },
  http_status: { vi: "mã trạng thái", en: "status code" },
  redirect: { vi: "chuyển hướng", en: "redirect" },
  body: { vi: "nội dung", en: "content" },
  limit: { vi: "vượt giới hạn", en: "a limit is exceeded" },
  internal: { vi: "điểm đo", en: "our own side" },
};

/** Of the label `reason` of failures. */
export const REASON_WORDS = wordsOf(REASONS);

const FOUND: Readonly<Record<Extract<Verdict, "warn" | "fail">, Word>> = {
  fail: word("không đạt", "fail", COLOURS.bad),
  warn: word("cần lưu ý", "warning", COLOURS.warn),
};

/** Of the label `verdict` of findings: only these two are exposed. */
export const VERDICT_WORDS: Words = new Map(Object.entries(FOUND));

/** Of the label `family`. */
export const FAMILY_WORDS: Words = new Map([
  ["ip4", { text: same("IPv4"), colour: COLOURS.plain }],
  ["ip6", { text: same("IPv6"), colour: COLOURS.plain }],
]);

const PHASES: Readonly<Record<Phase, Text>> = {
  resolve: { vi: "tra tên miền", en: "look-up" },
  connect: { vi: "kết nối", en: "connect" },
  tls: same("TLS"),
  processing: { vi: "máy chủ xử lý", en: "server" },
  transfer: { vi: "tải về", en: "transfer" },
};

/** Of the label `phase`. */
export const PHASE_WORDS = wordsOf(PHASES);

const OUTCOMES: Readonly<Record<Exclude<Outcome, "no_address"> | "skipped", Text>> = {
  ok: { vi: "tốt", en: "good" },
  degraded: { vi: "suy giảm", en: "degraded" },
  fail: { vi: "hỏng", en: "failed" },
  unknown: { vi: "không rõ", en: "unknown" },
  skipped: { vi: "bỏ qua", en: "skipped" },
};

/** Of the label `outcome`. */
export const OUTCOME_WORDS = wordsOf(OUTCOMES);
