import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of W4. */
export const W4: CheckTexts<"W4"> = {
  title: both("Chứng thư qua IPv6 so với IPv4", "Certificate over IPv6 against IPv4"),
  about: both(
    "Chứng thư qua IPv6 không kém hơn qua IPv4; hai chứng thư khác nhau cùng hợp lệ vẫn đạt.",
    "The certificate over IPv6 is no worse than over IPv4; two different valid ones are in order.",
  ),
  reasons: {
    same: says("Cùng chứng thư qua IPv4 và IPv6.", "The same certificate over IPv4 and IPv6."),
    differs_both_valid: says(
      "Hai chứng thư khác nhau, đều hợp lệ.",
      "Two different certificates, both valid.",
    ),
    faulty_over_both: says(
      "Chứng thư có lỗi qua cả IPv4 và IPv6: không phải khác biệt giữa hai loại địa chỉ (xem W3).",
      "The certificates are faulty over IPv4 and IPv6 alike: that is no difference between the two (see W3).",
    ),
    worse_over_ip6: mend(
      both(
        "Chứng thư hợp lệ qua IPv4 nhưng có lỗi qua IPv6, thường do chỉ gia hạn trên một máy.",
        "The certificate is valid over IPv4 and faulty over IPv6, usually because only one machine got the renewed one.",
      ),
      both(
        "Đề nghị cài chứng thư đang dùng cho IPv4 lên máy chủ, thiết bị ở địa chỉ IPv6 được nêu và đưa máy đó vào quy trình gia hạn.",
        "Install the certificate that serves IPv4 on the machine at the named IPv6 address too, and include it in renewal.",
      ),
    ),
    worse_over_ip4: mend(
      both(
        "Chứng thư hợp lệ qua IPv6 nhưng có lỗi qua IPv4.",
        "The certificate is valid over IPv6 and faulty over IPv4.",
      ),
      both(
        "Đề nghị cài chứng thư đang dùng cho IPv6 lên máy chủ, thiết bị ở địa chỉ IPv4 được nêu.",
        "Install the certificate that serves IPv6 on the machine at the named IPv4 address too.",
      ),
    ),
    no_handshake: says(
      "Không áp dụng: ít nhất một loại địa chỉ không hoàn thành TLS, không có gì để so sánh.",
      "Does not apply: over one family at least TLS does not complete, so there is nothing to compare.",
    ),
  },
};
