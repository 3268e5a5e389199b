import type { BehaviourChange } from "../behaviour.ts";
import { NO_ADDRESS, OK, type PortalPlan, audited, both, fail } from "./plan.ts";

/** A page that says these lines of Strict-Transport-Security (RFC 6797). */
const hsts = (...lines: readonly string[]): BehaviourChange => ({
  both: { http: { kind: "page", hsts: [...lines] } },
});

const to = (location: string): BehaviourChange => ({
  both: { http: { kind: "redirect", location } },
});

/** What a wall in front of a portal shows instead of it. */
const WALL = {
  kind: "page",
  status: 403,
  body: `<!doctype html><title>Truy cập bị chặn</title><h1>Xác minh bạn không phải là robot</h1>
<form><div class="captcha">Nhập mã captcha (bịa)</div></form>`,
} as const;

/** RFC 9116, valid until long after every test. */
const SECURITY_TXT = `# Bịa để thử
Contact: mailto:an-toan@lab.test
Expires: 2099-12-31T17:00:00.000Z
Preferred-Languages: vi, en
`;

const CAREFUL_HEADERS = {
  "content-security-policy": "default-src 'self'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "permissions-policy": "geolocation=()",
};

/** Portals whose faults only a deep audit sees. */
export const AUDIT_PLANS: readonly PortalPlan[] = [
  {
    id: "tls-old-too",
    vi: "còn nhận TLS 1.0 và 1.1",
    en: "still accepts TLS 1.0 and 1.1",
    defect: "Beside TLS 1.2 and 1.3 it agrees to versions that were given up (RFC 8996).",
    behaviour: { both: { versions: "1.0-1.3" } },
    expect: both(OK),
    audit: audited("L3", "B"),
  },
  {
    id: "tls-old-only",
    vi: "chỉ nói TLS 1.0 và 1.1",
    en: "speaks TLS 1.0 and 1.1 only",
    defect: "It agrees to no TLS version that browsers still take (RFC 8996).",
    behaviour: { both: { versions: "1.0-1.1" } },
    expect: both(fail("tls_handshake")),
    audit: audited("L1", "D"),
  },
  {
    id: "tls-old-too-ipv6",
    vi: "còn nhận TLS 1.0 qua IPv6",
    en: "accepts TLS 1.0 over IPv6 only",
    defect: "Its server for IPv6 is older and agrees to TLS 1.0 and 1.1.",
    behaviour: { ip6: { versions: "1.0-1.3" } },
    expect: both(OK),
    audit: audited("L3", "B"),
  },
  {
    id: "tls-12-only",
    vi: "chỉ nói TLS 1.2",
    en: "speaks TLS 1.2 only",
    defect: "Nothing is wrong: it knows TLS 1.2 and not yet 1.3.",
    behaviour: { both: { versions: "1.2" } },
    expect: both(OK),
  },
  {
    id: "tls-13-only",
    vi: "chỉ nói TLS 1.3",
    en: "speaks TLS 1.3 only",
    defect: "Nothing is wrong: it has given up TLS 1.2 already.",
    behaviour: { both: { versions: "1.3" } },
    expect: both(OK),
  },
  {
    id: "certificate-other",
    vi: "hai chứng thư hợp lệ khác nhau",
    en: "two valid certificates",
    defect: "Nothing is wrong: over IPv6 it presents another certificate, as valid as the first.",
    behaviour: { ip6: { certificate: "valid-other" } },
    expect: both(OK),
  },
  {
    id: "ocsp-stapled",
    vi: "có ghim OCSP",
    en: "staples OCSP",
    defect: "Nothing is wrong: it staples an OCSP response.",
    behaviour: { both: { ocsp: "stapled" } },
    expect: both(OK),
  },
  {
    id: "hsts-absent",
    vi: "không có HSTS",
    en: "no HSTS",
    defect: "It never says that it wants to be visited over HTTPS only.",
    behaviour: hsts(),
    expect: both(OK),
    audit: audited("L3", "B"),
  },
  {
    id: "hsts-short",
    vi: "HSTS quá ngắn",
    en: "HSTS too short",
    defect: "Its HSTS ends after a day.",
    behaviour: hsts("max-age=86400"),
    expect: both(OK),
    audit: audited("L3", "B"),
  },
  {
    id: "hsts-doubled",
    vi: "HSTS gửi hai lần",
    en: "HSTS sent twice",
    defect: "Its application and the proxy before it send HSTS each, with different ends.",
    behaviour: hsts("max-age=31536000", "max-age=0"),
    expect: both(OK),
    audit: audited("L3", "B"),
  },
  {
    id: "hsts-invalid",
    vi: "HSTS sai cú pháp",
    en: "malformed HSTS",
    defect: "Its HSTS has no max-age that could be read.",
    behaviour: hsts("max-age=one-year; includeSubDomains"),
    expect: both(OK),
    audit: audited("L3", "B"),
  },
  {
    id: "http-elsewhere",
    vi: "HTTP chuyển hướng sang máy khác",
    en: "HTTP redirects to another host",
    defect: "Plain HTTP leads to HTTPS on another host, so that its own is never asked for.",
    behaviour: { plainHttp: { to: "{healthy}/" } },
    expect: both(OK),
    audit: audited("L3", "C"),
    needs: ["healthy"],
  },
  {
    id: "http-closed",
    vi: "đóng cổng 80",
    en: "port 80 closed",
    defect: "It has no AAAA record, and rightly nothing listens for plain HTTP.",
    behaviour: { plainHttp: "refuse", ip6: { dns: "none", tcp: "refuse" } },
    expect: { ip4: OK, ip6: NO_ADDRESS },
  },
  {
    id: "wall",
    vi: "tường lửa ứng dụng chặn máy đo",
    en: "walled off",
    defect: "A wall in front of it asks its visitors to prove that they are human.",
    behaviour: { both: { http: WALL } },
    expect: both(fail("http_status")),
    audit: audited("L1", "A"),
  },
  {
    id: "wall-ipv6",
    vi: "tường lửa chỉ chặn qua IPv6",
    en: "walled off over IPv6",
    kind: "public-service-gateway",
    defect: "The wall in front of it knows its visitors by their IPv4 address only.",
    behaviour: { ip6: { http: WALL } },
    expect: { ip4: OK, ip6: fail("http_status") },
    audit: audited("L1", "A"),
  },
  {
    id: "redirect-ipv6-refused",
    vi: "chuyển hướng tới máy từ chối IPv6",
    en: "redirects to a host that refuses IPv6",
    defect: "It forwards to a host that has an AAAA record and does not listen there.",
    behaviour: to("{ipv6-refused}/"),
    expect: { ip4: OK, ip6: fail("connect_refused") },
    audit: audited("L2", "B"),
    needs: ["ipv6-refused"],
  },
  {
    id: "redirect-expired",
    vi: "chuyển hướng tới máy có chứng thư hết hạn",
    en: "redirects to an expired certificate",
    defect: "It forwards to a host whose certificate expired yesterday.",
    behaviour: to("{expired}/"),
    expect: both(fail("tls_expired")),
    audit: audited("L2", "B"),
    needs: ["expired"],
  },
  {
    id: "careful",
    vi: "đủ tiêu đề bảo mật và security.txt",
    en: "security headers and security.txt",
    defect: "Nothing is wrong: it sends the usual security headers and has a security.txt.",
    behaviour: {
      both: { http: { kind: "page", headers: CAREFUL_HEADERS, securityTxt: SECURITY_TXT } },
    },
    expect: both(OK),
  },
];
