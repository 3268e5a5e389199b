import { both, type CheckTexts, mend, says } from "../text.ts";

const SET = both(
  'Đề nghị gửi đúng một trường “Strict-Transport-Security: max-age=31536000; includeSubDomains” trong mọi câu trả lời HTTPS (nginx: “add_header Strict-Transport-Security "max-age=31536000" always;”; IIS: mục HSTS của site). Chỉ thêm includeSubDomains khi mọi tên con đã có HTTPS.',
  'Send exactly one field “Strict-Transport-Security: max-age=31536000; includeSubDomains” with every HTTPS answer (nginx: “add_header Strict-Transport-Security "max-age=31536000" always;”; IIS: the site\'s HSTS settings). Add includeSubDomains only once every sub-domain has HTTPS.',
);

/** Texts of H3. */
export const H3: CheckTexts<"H3"> = {
  title: both("HSTS", "HSTS"),
  about: both(
    "Câu trả lời HTTPS đầu tiên có đúng một trường HSTS hợp lệ (RFC 6797) với thời hạn ít nhất một năm.",
    "The first HTTPS answer has exactly one valid HSTS field (RFC 6797) for at least one year.",
  ),
  reasons: {
    hsts: says("HSTS hợp lệ và đủ dài.", "HSTS is valid and long enough."),
    missing: mend(both("Không có HSTS.", "There is no HSTS."), SET),
    repeated: mend(
      both(
        "Trường HSTS được gửi nhiều lần, trình duyệt chỉ đọc trường đầu.",
        "The HSTS field is sent more than once; browsers read the first only.",
      ),
      both(
        "Đề nghị chỉ để một nơi đặt trường này: máy chủ web, ứng dụng hoặc thiết bị phía trước.",
        "Let one place only set it: web server, application or the device in front.",
      ),
    ),
    invalid: mend(
      both(
        "Trường HSTS sai cú pháp, trình duyệt bỏ qua.",
        "The HSTS field is not well formed; browsers ignore it.",
      ),
      SET,
    ),
    switched_off: mend(
      both("HSTS bị tắt: max-age bằng 0.", "HSTS is switched off: max-age is 0."),
      SET,
    ),
    too_short: mend(
      both(
        "Thời hạn HSTS ngắn hơn một năm (31536000 giây).",
        "HSTS lasts less than a year (31536000 seconds).",
      ),
      SET,
    ),
    waf_suspected: says(
      "Chưa xác định: câu trả lời có vẻ do tường lửa ứng dụng web gửi, không phải của cổng.",
      "Not known: the answer seems to come from a web application firewall and not from the portal.",
    ),
    no_answer: says(
      "Không áp dụng: không có câu trả lời HTTPS để đọc (xem W5).",
      "Does not apply: there is no HTTPS answer to read (see W5).",
    ),
    port_443_closed: says(
      "Không áp dụng: không có HTTPS (xem H1).",
      "Does not apply: there is no HTTPS (see H1).",
    ),
  },
};
