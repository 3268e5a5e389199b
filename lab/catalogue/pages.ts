import type { BehaviourChange } from "../behaviour.ts";
import { NO_ADDRESS, OK, type PortalPlan, both } from "./plan.ts";

/** News of nowhere, enough text that a changed line or two leaves a page alike. */
const NEWS = [
  "Khai trương chuyên mục hỏi đáp dành cho người dân và doanh nghiệp",
  "Lịch tiếp công dân của lãnh đạo cơ quan trong tuần tới",
  "Hướng dẫn nộp hồ sơ trực tuyến và tra cứu kết quả giải quyết",
  "Thông báo bảo trì hệ thống vào cuối tuần để nâng cấp máy chủ",
  "Hội nghị tổng kết công tác cải cách thủ tục và chuyển đổi số",
  "Danh sách các đơn vị hoàn thành chuyển đổi địa chỉ mạng thế hệ mới",
  "Mời góp ý dự thảo quy định về cung cấp thông tin trên mạng",
  "Tuyển chọn tình nguyện viên hỗ trợ người cao tuổi dùng dịch vụ",
];

/** A landing page with these elements in its head and its body. */
function landing(parts: {
  readonly head?: string;
  readonly body?: string;
  readonly title?: string;
}) {
  const title = parts.title ?? "Trang chủ (bịa)";
  const news = NEWS.map((line) => `<li><a href="/tin">${line}</a></li>`).join("\n");
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${title}</title>${parts.head ?? ""}</head>
<body><h1>${title}</h1><p>Trang bịa để thử, không phải của cơ quan nào.</p>
<ul>${news}</ul>${parts.body ?? ""}</body></html>
`;
}

const page = (body: string) => ({ http: { kind: "page", body } }) as const;
const shows = (parts: Parameters<typeof landing>[0]): BehaviourChange => ({
  both: page(landing(parts)),
});

/** Portals whose landing pages load from other hosts, or differ; all answer a light probe well. */
export const PAGE_PLANS: readonly PortalPlan[] = [
  {
    id: "third-party",
    host: "cdn.third-party.test",
    vi: "kho tập lệnh của bên thứ ba",
    en: "third-party host of scripts",
    defect: "Nothing is wrong: a host of somebody else that pages load from.",
    behaviour: {},
    expect: both(OK),
  },
  {
    id: "third-party-ipv4-only",
    host: "ipv4-only.third-party.test",
    vi: "kho tập lệnh của bên thứ ba chỉ có IPv4",
    en: "third-party host without IPv6",
    defect: "A host of somebody else that pages load from has no AAAA record.",
    behaviour: { ip6: { dns: "none", tcp: "refuse" } },
    expect: { ip4: OK, ip6: NO_ADDRESS },
  },
  {
    id: "page-whole",
    vi: "trang chủ đầy đủ qua cả hai giao thức",
    en: "landing page whole over both families",
    defect: "Nothing is wrong: everything that its page loads can be had over both families.",
    behaviour: shows({
      head: `<link rel="stylesheet" href="{healthy}/site.css"><link rel="icon" href="/favicon.ico">
<script src="{third-party}/library.js"></script>`,
      body: `<img src="/banner.png"><iframe src="{healthy}/map"></iframe>`,
    }),
    expect: both(OK),
    needs: ["healthy", "third-party"],
  },
  {
    id: "page-own-host-ipv4-only",
    vi: "máy chứa ảnh của chính cổng chỉ có IPv4",
    en: "own image host without IPv6",
    kind: "public-service-gateway",
    defect: "Its page loads images from a host of its own domain that has no AAAA record.",
    behaviour: shows({
      body: `<img src="/banner.png"><img src="{ipv4-only}/a.png"><img src="{ipv4-only}/b.png">`,
    }),
    expect: both(OK),
    needs: ["ipv4-only"],
  },
  {
    id: "page-own-host-ipv6-refused",
    vi: "máy chứa ảnh của chính cổng từ chối IPv6",
    en: "own image host refuses IPv6",
    defect: "Its page loads images from a host of its own domain that does not listen over IPv6.",
    behaviour: shows({ body: `<img src="{ipv6-refused}/a.png">` }),
    expect: both(OK),
    needs: ["ipv6-refused"],
  },
  {
    id: "page-third-party-ipv4-only",
    vi: "tập lệnh của bên thứ ba chỉ có IPv4",
    en: "third-party script without IPv6",
    defect: "Its page loads a script from somebody else's host, which has no AAAA record.",
    behaviour: shows({ head: `<script src="{third-party-ipv4-only}/library.js"></script>` }),
    expect: both(OK),
    needs: ["third-party-ipv4-only"],
  },
  {
    id: "page-mixed-content",
    vi: "trang HTTPS tải ảnh qua HTTP",
    en: "mixed content",
    defect: "Its page came over HTTPS and loads an image and a script over plain HTTP.",
    behaviour: shows({
      body: `<img src="{http-only}/a.png"><script src="{http-only}/a.js"></script>`,
    }),
    expect: both(OK),
    needs: ["http-only"],
  },
  {
    id: "page-base-href",
    vi: "địa chỉ gốc của trang trỏ sang máy chỉ có IPv4",
    en: "base href leads to a host without IPv6",
    defect: "Relative addresses in its page lead to a host without AAAA, by its base element.",
    behaviour: shows({
      head: `<base href="{ipv4-only}/site/">`,
      body: `<img src="a.png"><script src="b.js"></script>`,
    }),
    expect: both(OK),
    needs: ["ipv4-only"],
  },
  {
    id: "page-srcset",
    vi: "ảnh nhiều cỡ nằm trên máy chỉ có IPv4",
    en: "srcset leads to a host without IPv6",
    defect: "The larger candidates of its images lie on a host without AAAA.",
    behaviour: shows({
      body: `<img src="/s.png" srcset="/s.png 1x, {ipv4-only}/m.png 2x, {ipv4-only}/l.png 3x">`,
    }),
    expect: both(OK),
    needs: ["ipv4-only"],
  },
  {
    id: "page-differs-by-family",
    vi: "trang chủ khác nhau giữa IPv4 và IPv6",
    en: "another page over IPv6",
    kind: "public-service-gateway",
    defect: "Over IPv6 it shows the start page of a web server in place of its own.",
    behaviour: {
      ip4: page(landing({})),
      ip6: page(
        "<!doctype html><title>Welcome</title><h1>Welcome</h1><p>The web server works.</p>",
      ),
    },
    expect: both(OK),
  },
  {
    id: "page-noise",
    vi: "trang chủ chỉ khác mã phiên và giờ",
    en: "page with nonces, tokens and a clock",
    defect: "Nothing is wrong: of its page only nonces, tokens, counters and the clock change.",
    behaviour: shows({
      head: `<meta name="csrf-token" content="{nonce}"><script nonce="{nonce}">let id = "{nonce}";</script>`,
      body: `<form><input type="hidden" name="__VIEWSTATE" value="{nonce}"></form>
<p>Bây giờ là {now}</p><p>Lượt truy cập: {counter}</p><p>Mã phiên: {nonce}</p>`,
    }),
    expect: both(OK),
  },
  {
    id: "page-differs-always",
    vi: "trang chủ mỗi lần một khác",
    en: "another page at every visit",
    defect: "Much of its page is drawn by lot, over the same family too.",
    behaviour: shows({ body: "<p>{words}</p><p>{words}</p><p>{words}</p>" }),
    expect: both(OK),
  },
];
