import { both, type CheckTexts, mend, says } from "../text.ts";

const BRING = both(
  "Đề nghị đưa máy chủ đích được nêu lên IPv6 (AAAA, cổng 443, TLS, chứng thư hợp lệ), hoặc đổi chuyển hướng tới một tên đã hoạt động qua IPv6.",
  "Bring the named host to IPv6 (AAAA, port 443, TLS, a valid certificate), or redirect to a name that works over IPv6.",
);
const REDIRECTS = both(
  "Đề nghị sửa quy tắc chuyển hướng trên máy chủ web hoặc trong ứng dụng; thử lại bằng “curl -6 -sIL https://tên-miền/”.",
  "Correct the redirect rules of the web server or application; try “curl -6 -sIL https://name/”.",
);

/** Texts of W6. */
export const W6: CheckTexts<"W6"> = {
  title: both("Chuyển hướng qua IPv6", "Redirects over IPv6"),
  about: both(
    "Mọi máy chủ mà cổng chuyển hướng người dùng tới đều hoạt động qua IPv6: có AAAA, kết nối được, TLS và chứng thư hợp lệ.",
    "Every host to which the portal redirects works over IPv6: AAAA, TCP, TLS and a valid certificate.",
  ),
  reasons: {
    no_other_host: says(
      "Cổng không chuyển hướng sang máy chủ khác.",
      "The portal redirects to no other host.",
    ),
    all_hosts_work: says(
      "Mọi máy chủ trên đường chuyển hướng hoạt động qua IPv6.",
      "Every host on the way works over IPv6.",
    ),
    hop_without_aaaa: mend(
      both(
        "Cổng chuyển hướng tới một máy chủ không có địa chỉ IPv6: người dùng thuần IPv6 dừng lại ở đó.",
        "The portal redirects to a host without IPv6 address: visitors with IPv6 alone get no further.",
      ),
      BRING,
    ),
    hop_special_address: mend(
      both(
        "Cổng chuyển hướng tới một máy chủ có địa chỉ IPv6 không dùng được trên Internet.",
        "The portal redirects to a host whose IPv6 address can't be used on the Internet.",
      ),
      BRING,
    ),
    hop_unreachable: mend(
      both(
        "Cổng chuyển hướng tới một máy chủ không kết nối được qua IPv6.",
        "The portal redirects to a host that can't be connected to over IPv6.",
      ),
      BRING,
    ),
    hop_tls: mend(
      both(
        "Cổng chuyển hướng tới một máy chủ không hoàn thành TLS qua IPv6.",
        "The portal redirects to a host where TLS does not complete over IPv6.",
      ),
      BRING,
    ),
    hop_certificate: mend(
      both(
        "Cổng chuyển hướng tới một máy chủ có chứng thư không hợp lệ qua IPv6.",
        "The portal redirects to a host whose certificate is not valid over IPv6.",
      ),
      BRING,
    ),
    hop_failed: mend(
      both(
        "Chuỗi chuyển hướng qua IPv6 dừng lại vì máy chủ đích không trả lời.",
        "The redirects over IPv6 end because the host that they lead to does not answer.",
      ),
      BRING,
    ),
    redirect_loop: mend(
      both("Qua IPv6, cổng chuyển hướng vòng lặp.", "Over IPv6 the portal redirects in a circle."),
      REDIRECTS,
    ),
    redirect_limit: mend(
      both(
        "Qua IPv6, cổng chuyển hướng quá nhiều lần.",
        "Over IPv6 the portal redirects too many times.",
      ),
      REDIRECTS,
    ),
    redirect_invalid: mend(
      both(
        "Qua IPv6, cổng chuyển hướng tới một địa chỉ không hợp lệ.",
        "Over IPv6 the portal redirects to something that is no web address.",
      ),
      REDIRECTS,
    ),
    hop_partly: mend(
      both(
        "Cổng chuyển hướng tới một máy chủ chỉ hoạt động ở một số địa chỉ IPv6.",
        "The portal redirects to a host that works at some of its IPv6 addresses only.",
      ),
      BRING,
    ),
  },
};
