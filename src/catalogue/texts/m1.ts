import { both, type CheckTexts, mend, says } from "../text.ts";

const MAIL = both(
  "Đề nghị đơn vị quản trị thư điện tử bổ sung bản ghi AAAA cho máy chủ MX được nêu, bật SMTP trên IPv6 và khai báo bản ghi PTR, SPF (ip6) tương ứng.",
  "Ask the mail operator to add AAAA records to the named MX hosts, to accept SMTP over IPv6, and to set PTR and SPF (ip6) accordingly.",
);

/** Texts of M1. */
export const M1: CheckTexts<"M1"> = {
  title: both("Thư điện tử qua IPv6 (thông tin)", "Mail over IPv6 (information)"),
  about: both(
    "Máy chủ nhận thư (MX) của tên miền nhận kết nối qua IPv6. Chỉ để biết, không ảnh hưởng tới mức và hạng.",
    "The mail servers (MX) of the domain accept connections over IPv6. For information; it touches neither level nor grade.",
  ),
  reasons: {
    all_accept: says(
      "Mọi máy chủ nhận thư nhận kết nối qua IPv6.",
      "Every mail server accepts connections over IPv6.",
    ),
    some_accept: mend(
      both(
        "Không phải mọi máy chủ nhận thư hoạt động qua IPv6.",
        "Not every mail server works over IPv6.",
      ),
      MAIL,
    ),
    no_aaaa: mend(
      both(
        "Không máy chủ nhận thư nào có địa chỉ IPv6 dùng được.",
        "No mail server has a usable IPv6 address.",
      ),
      MAIL,
    ),
    port_25_unclear: says(
      "Chưa xác định: không kết nối được cổng 25 ở máy chủ nào, có thể do mạng của điểm đo chặn cổng này.",
      "Not known: port 25 could be reached nowhere, perhaps because the vantage point's network blocks it.",
    ),
    no_mail: says(
      "Không áp dụng: tên miền không có máy chủ nhận thư.",
      "Does not apply: the domain has no mail servers.",
    ),
    null_mx: says(
      "Không áp dụng: tên miền khai báo không nhận thư (RFC 7505).",
      "Does not apply: the domain declares that it takes no mail (RFC 7505).",
    ),
  },
};
