import type { BehaviourChange, FamilyBehaviour } from "../behaviour.ts";
import { NO_ADDRESS, OK, type PortalPlan, both, fail, unknown } from "./plan.ts";

/** A name that the resolver treats so; nothing needs to listen. */
const dns = (how: FamilyBehaviour["dns"]): BehaviourChange => ({
  both: { dns: how, tcp: "refuse" },
});

/** Portals whose name is at fault. */
export const DNS_PLANS: readonly PortalPlan[] = [
  {
    id: "dns-servfail",
    vi: "DNS báo SERVFAIL",
    en: "DNS says SERVFAIL",
    defect: "The resolver fails to resolve its name.",
    behaviour: dns("servfail"),
    expect: both(unknown("dns_servfail")),
  },
  {
    id: "dns-refused",
    vi: "DNS từ chối",
    en: "DNS says REFUSED",
    defect: "The resolver refuses to resolve its name.",
    behaviour: dns("refused"),
    expect: both(unknown("dns_refused")),
  },
  {
    id: "dns-timeout",
    vi: "DNS không trả lời",
    en: "DNS never answers",
    defect: "The resolver never answers for its name.",
    behaviour: dns("timeout"),
    expect: both(unknown("dns_timeout")),
  },
  {
    id: "dns-malformed",
    vi: "DNS trả lời hỏng",
    en: "DNS answers are malformed",
    defect: "The resolver's answers for its name end in the middle of a record.",
    behaviour: dns("malformed"),
    expect: both(unknown("dns_malformed")),
  },
  {
    id: "dns-nxdomain",
    vi: "tên miền không tồn tại",
    en: "the name does not exist",
    defect: "Its name is not in the DNS (NXDOMAIN).",
    behaviour: dns("nxdomain"),
    expect: both(fail("no_address_at_all")),
  },
  {
    id: "dns-nodata",
    vi: "tên miền không có địa chỉ",
    en: "the name has no address",
    defect: "Its name exists, with neither an A nor an AAAA record.",
    behaviour: dns("none"),
    expect: both(fail("no_address_at_all")),
  },
  {
    id: "aaaa-servfail",
    vi: "DNS hỏng riêng với AAAA",
    en: "SERVFAIL for AAAA only",
    defect: "Its name servers fail when asked for AAAA (RFC 4074).",
    behaviour: { ip6: { dns: "servfail", tcp: "refuse" } },
    expect: { ip4: OK, ip6: unknown("dns_servfail") },
  },
  {
    id: "aaaa-timeout",
    vi: "DNS im lặng riêng với AAAA",
    en: "no answer for AAAA only",
    defect: "Its name servers ignore questions for AAAA (RFC 4074).",
    behaviour: { ip6: { dns: "timeout", tcp: "refuse" } },
    expect: { ip4: OK, ip6: unknown("dns_timeout") },
  },
  {
    id: "aaaa-nxdomain",
    vi: "DNS nói không tồn tại riêng với AAAA",
    en: "NXDOMAIN for AAAA only",
    defect: "Its name servers deny the name when asked for AAAA (RFC 4074).",
    behaviour: { ip6: { dns: "nxdomain", tcp: "refuse" } },
    expect: { ip4: OK, ip6: NO_ADDRESS },
  },
  {
    id: "cname-chain",
    vi: "qua chuỗi CNAME",
    en: "behind a CNAME chain",
    defect: "Nothing is wrong: two CNAME records lead to its addresses.",
    behaviour: { alias: "chain" },
    expect: both(OK),
  },
  {
    id: "cname-nowhere",
    vi: "CNAME không dẫn tới địa chỉ",
    en: "CNAME chain without addresses",
    defect: "Its CNAME leads to a name that has no addresses.",
    behaviour: { alias: "nowhere", both: { tcp: "refuse" } },
    expect: both(fail("no_address_at_all")),
  },
  {
    id: "cname-dangling",
    vi: "CNAME trỏ tới tên đã mất",
    en: "dangling CNAME",
    defect: "Its CNAME leads to a name that does not exist.",
    behaviour: { alias: "dangling", both: { tcp: "refuse" } },
    expect: both(fail("no_address_at_all")),
  },
  {
    id: "cname-loop",
    vi: "CNAME vòng tròn",
    en: "CNAME loop",
    defect: "Its CNAME records lead in a circle.",
    behaviour: { alias: "loop", both: { tcp: "refuse" } },
    expect: both(fail("no_address_at_all")),
  },
  {
    id: "dns-big",
    vi: "câu trả lời DNS quá lớn cho UDP",
    en: "DNS answer too big for UDP",
    defect: "Nothing is wrong: its DNS answer comes whole over TCP only.",
    behaviour: { alias: "big" },
    expect: both(OK),
  },
  {
    id: "idn",
    // "cổng-thử" (RFC 5891).
    host: "xn--cng-th-bn8bwh.lab.test",
    vi: "tên miền tiếng Việt",
    en: "internationalised name",
    defect: "Nothing is wrong: its name has Vietnamese letters.",
    behaviour: {},
    expect: both(OK),
  },
];
