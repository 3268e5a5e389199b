import { both, type CheckTexts, mend, says } from "../text.ts";

const SAME = both(
  "Đề nghị kiểm tra hai loại địa chỉ phục vụ cùng một trang: máy chủ ảo mặc định, phiên bản ứng dụng, bộ nhớ đệm hoặc CDN ở phía IPv6. Phần khác nhau được lưu trong bằng chứng.",
  "Check that both families serve the same page: default virtual host, version of the application, cache or CDN on the IPv6 side. The evidence keeps what differs.",
);

/** Texts of W7. */
export const W7: CheckTexts<"W7"> = {
  title: both("Nội dung giống nhau qua IPv4 và IPv6", "Same content over IPv4 and IPv6"),
  about: both(
    "So sánh tiêu đề, địa chỉ cuối và nội dung chữ của trang qua hai loại địa chỉ, đối chiếu với hai lần tải qua IPv4 để trừ phần tự thay đổi.",
    "Title, final address and text of the page over both families are compared, against two visits over IPv4 to allow for what changes by itself.",
  ),
  reasons: {
    alike: says("Trang giống nhau qua IPv4 và IPv6.", "The page is the same over IPv4 and IPv6."),
    within_noise: says(
      "Trang khác nhau không nhiều hơn giữa hai lần tải qua IPv4.",
      "The page differs no more than between two visits over IPv4.",
    ),
    text_differs: mend(
      both(
        "Nội dung trang qua IPv6 khác với qua IPv4.",
        "The text of the page over IPv6 differs from that over IPv4.",
      ),
      SAME,
    ),
    title_differs: mend(
      both(
        "Tiêu đề trang qua IPv6 khác với qua IPv4.",
        "The title of the page over IPv6 differs from that over IPv4.",
      ),
      SAME,
    ),
    final_url_differs: mend(
      both(
        "Qua IPv6 người dùng đi tới một địa chỉ cuối khác với qua IPv4.",
        "Over IPv6 visitors end up at another address than over IPv4.",
      ),
      SAME,
    ),
  },
};
