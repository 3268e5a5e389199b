import { both, type CheckTexts, mend, says } from "../text.ts";

const COMPARE = both(
  "Đề nghị so sánh cấu hình máy chủ ảo, danh sách cho phép, tường lửa ứng dụng web và máy chủ phía sau giữa hai loại địa chỉ; danh sách chỉ ghi địa chỉ IPv4 thường chặn nhầm IPv6. Thử lại: “curl -6 -v https://tên-miền/” và “curl -4 -v https://tên-miền/”.",
  "Compare virtual hosts, allow lists, web application firewall and back ends between the two families; lists of IPv4 addresses often shut IPv6 out by mistake. Try: “curl -6 -v https://name/” and “curl -4 -v https://name/”.",
);
const APPLICATION = both(
  "Nguyên nhân không phải IPv6. Đề nghị kiểm tra ứng dụng web và nhật ký lỗi của máy chủ ở địa chỉ đã đăng ký; nếu địa chỉ cổng đã đổi, đề nghị thông báo địa chỉ mới.",
  "IPv6 is not the cause. Check the web application and the server's error log at the registered address; if the portal has moved, tell its new address.",
);
const ANY = both(
  "Đề nghị kiểm tra ứng dụng web và nhật ký lỗi của máy chủ ở địa chỉ được nêu.",
  "Check the web application and the server's error log at the named address.",
);

/** Texts of W5. */
export const W5: CheckTexts<"W5"> = {
  title: both("Trả lời HTTP", "HTTP answer"),
  about: both(
    "Máy chủ web trả lời thành công (2xx hoặc 3xx) ở mọi địa chỉ, được so sánh giữa IPv4 và IPv6.",
    "The web server answers with success (2xx or 3xx) at every address, compared between IPv4 and IPv6.",
  ),
  reasons: {
    answers: says(
      "Máy chủ web trả lời thành công ở mọi địa chỉ.",
      "The web server answers with success at every address.",
    ),
    http_error: mend(
      both(
        "Máy chủ web báo lỗi (4xx, 5xx) qua loại địa chỉ này trong khi loại kia hoạt động.",
        "The web server answers with an error (4xx, 5xx) over this family, while the other works.",
      ),
      COMPARE,
    ),
    no_answer: mend(
      both(
        "Máy chủ web không trả lời HTTP qua loại địa chỉ này trong khi loại kia hoạt động.",
        "The web server gives no HTTP answer over this family, while the other works.",
      ),
      COMPARE,
    ),
    http_error_both: mend(
      both(
        "Máy chủ web báo lỗi (4xx, 5xx); loại địa chỉ kia cũng không hoạt động.",
        "The web server answers with an error (4xx, 5xx); the other family does not work either.",
      ),
      APPLICATION,
    ),
    no_answer_both: mend(
      both(
        "Máy chủ web không trả lời HTTP; loại địa chỉ kia cũng không hoạt động.",
        "The web server gives no HTTP answer; the other family does not work either.",
      ),
      APPLICATION,
    ),
    http_error_uncompared: mend(
      both(
        "Máy chủ web báo lỗi (4xx, 5xx); không có loại địa chỉ kia để so sánh.",
        "The web server answers with an error (4xx, 5xx); there is no other family to compare with.",
      ),
      ANY,
    ),
    no_answer_uncompared: mend(
      both(
        "Máy chủ web không trả lời HTTP; không có loại địa chỉ kia để so sánh.",
        "The web server gives no HTTP answer; there is no other family to compare with.",
      ),
      ANY,
    ),
    waf_suspected: {
      says: both(
        "Chưa xác định: có vẻ tường lửa ứng dụng web hoặc trang xác minh chặn hệ thống đo (403, 429 hoặc captcha).",
        "Not known: a web application firewall or captcha page seems to keep the measuring system out (403, 429 or captcha).",
      ),
      mend: both(
        "Nếu muốn được đo, đề nghị cho phép địa chỉ và User-Agent của hệ thống đo trên tường lửa ứng dụng web, như nhau với IPv4 và IPv6.",
        "To be measured, allow the measuring system's addresses and User-Agent in the web application firewall, alike for IPv4 and IPv6.",
      ),
    },
    no_handshake: says(
      "Không áp dụng: không địa chỉ nào hoàn thành TLS (xem W2).",
      "Does not apply: TLS completes at no address (see W2).",
    ),
    port_443_closed: says(
      "Không áp dụng: không địa chỉ nào mở cổng 443 (xem W1).",
      "Does not apply: port 443 is open at no address (see W1).",
    ),
    history_short: says(
      "Chưa đủ 30 ngày số liệu đo liên tục để xét mức này.",
      "There are not yet thirty days of continuous probes, which this level takes.",
    ),
    success_low: mend(
      both(
        "Tỷ lệ truy cập thành công qua IPv6 trong 30 ngày thấp hơn ngưỡng.",
        "Success over IPv6 in the last thirty days is below the threshold.",
      ),
      both(
        "Đề nghị xem các sự cố IPv6 đã ghi nhận của cổng trong 30 ngày, kiểm tra độ ổn định của đường truyền và thiết bị IPv6.",
        "Look at the IPv6 incidents recorded in these thirty days, and check how stable the IPv6 line and devices are.",
      ),
    ),
    success_below_ip4: mend(
      both(
        "Tỷ lệ truy cập thành công qua IPv6 trong 30 ngày thấp hơn rõ rệt so với IPv4.",
        "Success over IPv6 in the last thirty days is markedly below that over IPv4.",
      ),
      both(
        "Đề nghị kiểm tra riêng đường truyền, tường lửa và cân bằng tải IPv6: khi IPv4 vẫn tốt, nguyên nhân nằm ở phần IPv6.",
        "Check the IPv6 line, firewall and load balancer by themselves: with IPv4 in order, the cause lies in the IPv6 part.",
      ),
    ),
  },
};
