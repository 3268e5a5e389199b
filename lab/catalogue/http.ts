import type { BehaviourChange } from "../behaviour.ts";
import { OK, type PortalPlan, audited, both, degraded, fail } from "./plan.ts";

type Http = NonNullable<NonNullable<BehaviourChange["both"]>["http"]>;

const http = (how: Http): BehaviourChange => ({ both: { http: how } });
const status = (code: number): BehaviourChange => http({ kind: "page", status: code });

/** What a health page says when all is well, and when it is not. */
const HEALTH_JSON = '{"status":"UP","components":{"db":{"status":"UP"}}}';
const SICK_JSON = '{"status":"DOWN","components":{"db":{"status":"DOWN"}}}';
const HEALTH = { jsonPath: { path: "$.status", equals: "UP" } };

/** How slow the slow portal is, and what it promised, milliseconds. */
const SLOW_MS = 1000;
const PROMISED_MS = 500;

/** Portals that answer HTTP badly, late or without end. */
export const HTTP_PLANS: readonly PortalPlan[] = [
  {
    id: "status-differs",
    vi: "IPv4 trả 200, IPv6 trả 500",
    en: "different status per family",
    kind: "public-service-gateway",
    defect: "It answers 200 over IPv4 and 500 over IPv6.",
    behaviour: { ip6: { http: { kind: "page", status: 500 } } },
    expect: { ip4: OK, ip6: fail("http_status") },
    audit: audited("L1", "A"),
  },
  {
    id: "http-500",
    vi: "lỗi máy chủ 500",
    en: "500 internal server error",
    defect: "Every request ends in a 500.",
    behaviour: status(500),
    expect: both(fail("http_status")),
    audit: audited("L1", "A"),
  },
  {
    id: "http-503",
    vi: "quá tải 503",
    en: "503 service unavailable",
    defect: "Every request ends in a 503.",
    behaviour: status(503),
    expect: both(fail("http_status")),
    audit: audited("L1", "A"),
  },
  {
    id: "http-403",
    vi: "cấm truy cập 403",
    en: "403 forbidden",
    defect: "It refuses its visitors with a 403.",
    behaviour: status(403),
    expect: both(fail("http_status")),
    audit: audited("L1", "A"),
  },
  {
    id: "http-429",
    vi: "quá nhiều yêu cầu 429",
    en: "429 too many requests",
    defect: "It turns its visitors away with a 429.",
    behaviour: status(429),
    expect: both(fail("http_status")),
    audit: audited("L1", "A"),
  },
  {
    id: "http-404",
    vi: "không tìm thấy 404",
    en: "404 not found",
    defect: "Its registered page does not exist.",
    behaviour: status(404),
    expect: both(fail("http_status")),
    audit: audited("L1", "A"),
  },
  {
    id: "flapping",
    vi: "lúc được lúc không",
    en: "flapping",
    kind: "public-service-gateway",
    defect: "Of each family's requests every other one ends in a 503, the second first.",
    behaviour: http({
      kind: "flap",
      by: "requests",
      every: 1,
      first: { kind: "page" },
      second: { kind: "page", status: 503 },
    }),
    expect: both(OK),
    alternate: both(fail("http_status")),
  },
  {
    id: "slow",
    vi: "chậm",
    en: "slow",
    defect: `It answers after ${SLOW_MS} ms, and promised ${PROMISED_MS}.`,
    behaviour: http({ kind: "page", afterMs: SLOW_MS }),
    expectation: { maxResponseMs: PROMISED_MS },
    expect: both(degraded("too_slow")),
  },
  {
    id: "headers-slow",
    vi: "phần đầu trả lời nhỏ giọt",
    en: "headers drip in for ever",
    defect: "Its header lines come one by one and never end.",
    behaviour: http({ kind: "headers-slow" }),
    expect: both(fail("http_timeout")),
    audit: audited("L1", "B"),
  },
  {
    id: "headers-endless",
    vi: "phần đầu trả lời vô tận",
    en: "endless headers",
    defect: "It floods its visitor with header lines.",
    behaviour: http({ kind: "headers-endless" }),
    expect: both(fail("http_header_overflow")),
    audit: audited("L1", "B"),
  },
  {
    id: "body-stalls",
    vi: "nội dung dừng giữa chừng",
    en: "body stalls",
    defect: "It sends the beginning of a page and never the rest.",
    behaviour: http({ kind: "body-stalls" }),
    expect: both(fail("body_timeout")),
    audit: audited("L3", "B"),
  },
  {
    id: "body-endless",
    vi: "nội dung vô tận",
    en: "endless body",
    defect: "Its page never ends; a reader must cut it.",
    behaviour: http({ kind: "body-endless" }),
    expect: both(OK),
    audit: audited("L3", "B"),
  },
  {
    id: "body-bomb",
    vi: "bom nén",
    en: "compression bomb",
    defect: "Its page of a megabyte unpacks to 1 GiB; a reader must cut it.",
    behaviour: http({ kind: "body-bomb" }),
    expect: both(OK),
    audit: audited("L3", "B"),
  },
  {
    id: "closes",
    vi: "đóng kết nối không trả lời",
    en: "closes without an answer",
    defect: "It takes the request and closes the connection.",
    behaviour: http({ kind: "close" }),
    expect: both(fail("http_closed")),
    audit: audited("L1", "B"),
  },
  {
    id: "resets",
    vi: "ngắt kết nối thay vì trả lời",
    en: "resets instead of answering",
    defect: "It takes the request and resets the connection.",
    behaviour: http({ kind: "reset" }),
    expect: both(fail("http_closed")),
    audit: audited("L1", "B"),
  },
  {
    id: "garbage",
    vi: "trả lời vô nghĩa",
    en: "garbage in place of HTTP",
    defect: "It answers with bytes that are not HTTP.",
    behaviour: http({ kind: "garbage" }),
    expect: both(fail("http_protocol")),
    audit: audited("L1", "B"),
  },
  {
    id: "json-healthy",
    vi: "trang sức khỏe JSON báo tốt",
    en: "JSON health page says up",
    defect: "Nothing is wrong: its health page says so.",
    behaviour: http({ kind: "page", contentType: "application/json", body: HEALTH_JSON }),
    expectation: HEALTH,
    expect: both(OK),
  },
  {
    id: "json-sick",
    vi: "trang sức khỏe JSON báo hỏng",
    en: "JSON health page says down",
    defect: "It answers 200, and its health page says that it is down.",
    behaviour: http({ kind: "page", contentType: "application/json", body: SICK_JSON }),
    expectation: HEALTH,
    expect: both(fail("body_mismatch")),
  },
  {
    id: "text-missing",
    vi: "thiếu chữ phải có",
    en: "expected text is missing",
    defect: "It answers 200 with a page that lacks what it must say.",
    behaviour: http({ kind: "page", body: "<h1>It works!</h1>" }),
    expectation: { bodyText: "Cổng dịch vụ công" },
    expect: both(fail("body_mismatch")),
  },
];
