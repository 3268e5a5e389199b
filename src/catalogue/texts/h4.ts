import { both, type CheckTexts, mend, says } from "../text.ts";

const VERSIONS = both(
  "Đề nghị chỉ bật TLS 1.2 và TLS 1.3 (nginx: “ssl_protocols TLSv1.2 TLSv1.3;”; Apache: “SSLProtocol -all +TLSv1.2 +TLSv1.3”; Windows/IIS: tắt TLS 1.0, 1.1 của SCHANNEL trong registry rồi khởi động lại), trên cả thiết bị cân bằng tải.",
  "Enable TLS 1.2 and TLS 1.3 only (nginx: “ssl_protocols TLSv1.2 TLSv1.3;”; Apache: “SSLProtocol -all +TLSv1.2 +TLSv1.3”; Windows/IIS: disable TLS 1.0 and 1.1 of SCHANNEL in the registry and restart), on load balancers too.",
);

/** Texts of H4. */
export const H4: CheckTexts<"H4"> = {
  title: both("Phiên bản TLS", "TLS versions"),
  about: both(
    "Máy chủ chấp nhận TLS 1.2 hoặc 1.3 và không còn chấp nhận TLS 1.0, 1.1 (RFC 8996).",
    "The server accepts TLS 1.2 or 1.3 and no longer TLS 1.0 or 1.1 (RFC 8996).",
  ),
  reasons: {
    modern_only: says("Chỉ chấp nhận TLS 1.2 trở lên.", "Only TLS 1.2 or newer is accepted."),
    old_accepted: mend(
      both("Máy chủ còn chấp nhận TLS 1.0 hoặc 1.1.", "The server still accepts TLS 1.0 or 1.1."),
      VERSIONS,
    ),
    only_old: mend(
      both(
        "Máy chủ chỉ chấp nhận TLS 1.0 hoặc 1.1; trình duyệt hiện nay không vào được.",
        "The server accepts nothing but TLS 1.0 or 1.1; today's browsers can't enter.",
      ),
      VERSIONS,
    ),
    versions_unclear: says(
      "Chưa xác định: máy chủ không đồng ý cũng không từ chối rõ ràng một phiên bản TLS.",
      "Not known: the server neither agreed to one TLS version nor clearly refused it.",
    ),
    no_handshake: says(
      "Không áp dụng: không hoàn thành được TLS (xem W2).",
      "Does not apply: TLS does not complete (see W2).",
    ),
    port_443_closed: says(
      "Không áp dụng: không có HTTPS (xem H1).",
      "Does not apply: there is no HTTPS (see H1).",
    ),
  },
};
