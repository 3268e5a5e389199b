import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of D6. */
export const D6: CheckTexts<"D6"> = {
  title: both("Dữ liệu DNS giống nhau qua IPv4 và IPv6", "Same DNS data over IPv4 and IPv6"),
  about: both(
    "Cùng một máy chủ tên miền, hỏi qua IPv4 và qua IPv6, phải cho cùng một dữ liệu.",
    "The same name server, asked over IPv4 and over IPv6, must give the same records.",
  ),
  reasons: {
    same: says(
      "Máy chủ tên miền trả lời giống nhau qua IPv4 và IPv6.",
      "The name servers give the same answers over IPv4 and IPv6.",
    ),
    differs: mend(
      both(
        "Có máy chủ tên miền trả lời khác nhau qua IPv4 và qua IPv6.",
        "A name server gives different answers over IPv4 and over IPv6.",
      ),
      both(
        "Đề nghị kiểm tra hai địa chỉ có thuộc cùng một máy chủ không, số serial của SOA có bằng nhau không, và việc đồng bộ vùng (AXFR, NOTIFY) tới máy chủ phụ.",
        "Check whether both addresses belong to the same server, whether the SOA serials are equal, and zone transfer (AXFR, NOTIFY) to secondaries.",
      ),
    ),
    nothing_to_compare: says(
      "Không áp dụng: không máy chủ tên miền nào có cả hai loại địa chỉ để so sánh.",
      "Does not apply: no name server has both kinds of address to compare.",
    ),
    literal_address: says(
      "Không áp dụng: cổng được đăng ký bằng địa chỉ IP, không có tên miền.",
      "Does not apply: the portal is registered by its IP address and has no name.",
    ),
  },
};
