import { both, type CheckTexts, mend, says } from "../text.ts";

const REDIRECT = both(
  "Đề nghị để mọi yêu cầu tại cổng 80 chuyển hướng vĩnh viễn sang HTTPS của chính tên miền (nginx: “return 301 https://$host$request_uri;”; Apache: “Redirect permanent / https://tên-miền/”; IIS: URL Rewrite tới https), hoặc đóng cổng 80.",
  "Let every request on port 80 redirect permanently to HTTPS on the same name (nginx: “return 301 https://$host$request_uri;”; Apache: “Redirect permanent / https://name/”; IIS: URL Rewrite to https), or close port 80.",
);

/** Texts of H2. */
export const H2: CheckTexts<"H2"> = {
  title: both("Bắt buộc dùng HTTPS", "HTTPS is enforced"),
  about: both(
    "Câu trả lời đầu tiên qua HTTP chuyển hướng (301, 302, 307, 308) sang HTTPS của cùng tên miền, hoặc cổng 80 đóng; không có bước nào quay lại HTTP.",
    "The first answer over plain HTTP redirects (301, 302, 307, 308) to HTTPS on the same name, or port 80 is closed; no step leads back to plain HTTP.",
  ),
  reasons: {
    redirects: says("HTTP chuyển hướng ngay sang HTTPS.", "Plain HTTP redirects to HTTPS at once."),
    port_80_closed: says(
      "Cổng 80 đóng: cổng chỉ phục vụ HTTPS.",
      "Port 80 is closed: the portal serves HTTPS only.",
    ),
    http_served: mend(
      both(
        "Cổng phục vụ trang qua HTTP không mã hóa mà không chuyển sang HTTPS.",
        "The portal serves pages over unencrypted HTTP without redirecting to HTTPS.",
      ),
      REDIRECT,
    ),
    first_hop_not_https: mend(
      both(
        "Bước chuyển hướng đầu tiên vẫn là HTTP không mã hóa.",
        "The first redirect leads to unencrypted HTTP again.",
      ),
      REDIRECT,
    ),
    downgrade: mend(
      both(
        "Chuỗi chuyển hướng đi từ HTTPS trở lại HTTP không mã hóa.",
        "The redirects lead from HTTPS back to unencrypted HTTP.",
      ),
      both(
        "Đề nghị sửa địa chỉ chuyển hướng ở bước được nêu thành https://; nếu máy chủ web đứng sau thiết bị kết thúc TLS, cấu hình để ứng dụng biết yêu cầu gốc là HTTPS (X-Forwarded-Proto).",
        "Correct the redirect at the named step to https://; where TLS ends at a device in front of the web server, let the application know that the request came over HTTPS (X-Forwarded-Proto).",
      ),
    ),
    https_other_host: mend(
      both(
        "HTTP chuyển hướng sang HTTPS nhưng của tên khác, nên HSTS không bảo vệ được tên ban đầu.",
        "Plain HTTP redirects to HTTPS, but on another name, so that HSTS can't protect the first one.",
      ),
      both(
        "Đề nghị chuyển hướng sang HTTPS của cùng tên trước, rồi mới sang tên khác.",
        "Redirect to HTTPS on the same name first, and from there to the other name.",
      ),
    ),
    redirect_other_status: mend(
      both(
        "HTTP chuyển hướng sang HTTPS bằng mã trạng thái khác 301, 302, 307, 308.",
        "Plain HTTP redirects to HTTPS with another status than 301, 302, 307 or 308.",
      ),
      REDIRECT,
    ),
    http_error: mend(
      both(
        "Cổng 80 mở nhưng chỉ trả lời lỗi, không chuyển hướng sang HTTPS.",
        "Port 80 is open but answers with an error instead of a redirect to HTTPS.",
      ),
      REDIRECT,
    ),
    http_no_answer: mend(
      both(
        "Cổng 80 nhận kết nối nhưng không trả lời.",
        "Port 80 accepts connections but gives no answer.",
      ),
      REDIRECT,
    ),
    waf_suspected: says(
      "Chưa xác định: có vẻ tường lửa ứng dụng web chặn hệ thống đo tại cổng 80.",
      "Not known: a web application firewall seems to keep the measuring system out on port 80.",
    ),
    port_443_closed: says(
      "Không áp dụng: không có HTTPS để chuyển hướng tới (xem H1).",
      "Does not apply: there is no HTTPS to redirect to (see H1).",
    ),
  },
};
