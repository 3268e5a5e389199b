import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of H5. */
export const H5: CheckTexts<"H5"> = {
  title: both("HTTPS như nhau qua IPv4 và IPv6", "HTTPS alike over IPv4 and IPv6"),
  about: both(
    "Các mục H1 đến H4 cho kết quả như nhau qua hai loại địa chỉ.",
    "H1 to H4 turn out the same over both families.",
  ),
  reasons: {
    same: says("HTTPS tốt như nhau qua IPv4 và IPv6.", "HTTPS is equally good over IPv4 and IPv6."),
    differs: mend(
      both(
        "Có mục đạt qua loại địa chỉ này nhưng không đạt qua loại kia; thường do máy phục vụ IPv6 được cấu hình riêng.",
        "Something passes over one family and not over the other, usually because IPv6 has a front end of its own.",
      ),
      both(
        "Đề nghị áp dụng cùng một cấu hình HTTPS (chuyển hướng, HSTS, phiên bản TLS) cho máy chủ phục vụ IPv4 và IPv6.",
        "Apply the same HTTPS configuration (redirect, HSTS, TLS versions) to what serves IPv4 and IPv6.",
      ),
    ),
    nothing_to_compare: says(
      "Không áp dụng: không có đủ hai loại địa chỉ để so sánh.",
      "Does not apply: there are not two families to compare.",
    ),
  },
};
