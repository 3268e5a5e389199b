import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of S1. */
export const S1: CheckTexts<"S1"> = {
  title: both(
    "Tiêu đề bảo mật và nội dung hỗn hợp (thông tin)",
    "Security headers and mixed content (information)",
  ),
  about: both(
    "Trang chủ có các tiêu đề bảo mật thường dùng và không tải gì qua HTTP không mã hóa. Chỉ để biết, không ảnh hưởng tới hạng.",
    "The landing page has the usual security headers and loads nothing over unencrypted HTTP. For information; never in the grade.",
  ),
  reasons: {
    headers_set: says(
      "Có các tiêu đề bảo mật thường dùng, không có nội dung hỗn hợp.",
      "The usual security headers are set and there is no mixed content.",
    ),
    headers_missing: mend(
      both("Thiếu một số tiêu đề bảo mật.", "Some security headers are missing."),
      both(
        "Đề nghị bổ sung các tiêu đề được nêu: X-Content-Type-Options: nosniff; Referrer-Policy: strict-origin-when-cross-origin; X-Frame-Options: SAMEORIGIN (hoặc frame-ancestors trong CSP); Content-Security-Policy theo nội dung của cổng.",
        "Add the named headers: X-Content-Type-Options: nosniff; Referrer-Policy: strict-origin-when-cross-origin; X-Frame-Options: SAMEORIGIN (or frame-ancestors in the CSP); Content-Security-Policy to suit the portal.",
      ),
    ),
    mixed_content: mend(
      both(
        "Trang HTTPS tải nội dung qua HTTP không mã hóa; trình duyệt có thể chặn.",
        "The HTTPS page loads content over unencrypted HTTP, which browsers may block.",
      ),
      both(
        "Đề nghị đổi các địa chỉ http:// được nêu thành https://, hoặc thêm “upgrade-insecure-requests” vào CSP.",
        "Change the named http:// addresses to https://, or add “upgrade-insecure-requests” to the CSP.",
      ),
    ),
    no_answer: says(
      "Không áp dụng: không có câu trả lời HTTPS thành công để đọc.",
      "Does not apply: there is no successful HTTPS answer to read.",
    ),
  },
};
