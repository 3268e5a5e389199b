import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of H1. */
export const H1: CheckTexts<"H1"> = {
  title: both("Hỗ trợ HTTPS", "HTTPS is supported"),
  about: both(
    "Ở mọi địa chỉ nhận kết nối tại cổng 443, cổng phục vụ HTTPS với chứng thư hợp lệ.",
    "Wherever port 443 accepts connections, the portal serves HTTPS with a valid certificate.",
  ),
  reasons: {
    valid: says("HTTPS hoạt động với chứng thư hợp lệ.", "HTTPS works with a valid certificate."),
    port_443_closed: mend(
      both(
        "Cổng không phục vụ HTTPS qua loại địa chỉ này.",
        "The portal does not serve HTTPS over this family.",
      ),
      both(
        "Đề nghị bật HTTPS (cổng 443) với chứng thư được tin cậy công khai cho cả IPv4 và IPv6.",
        "Switch on HTTPS (port 443) with a publicly trusted certificate, over IPv4 and IPv6.",
      ),
    ),
    tls_fails: mend(
      both(
        "Có địa chỉ mở cổng 443 nhưng không hoàn thành TLS (xem W2).",
        "Port 443 is open at an address where TLS does not complete (see W2).",
      ),
      both(
        "Đề nghị cấu hình TLS ở địa chỉ được nêu giống như ở địa chỉ đang hoạt động.",
        "Set up TLS at the named address as it is where it works.",
      ),
    ),
    certificate_faulty: mend(
      both(
        "Chứng thư không hợp lệ ở ít nhất một địa chỉ (xem W3).",
        "At one address at least the certificate is not valid (see W3).",
      ),
      both(
        "Đề nghị cài chứng thư đúng tên, còn hạn, kèm chuỗi đầy đủ ở mọi địa chỉ.",
        "Install a certificate for this name, in date and with its full chain, at every address.",
      ),
    ),
  },
};
