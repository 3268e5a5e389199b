import { both, type CheckTexts, mend, says } from "../text.ts";

const OWN = both(
  "Đề nghị đưa các máy chủ được nêu (ảnh, script, CSS, phông chữ) lên IPv6 như cổng chính, hoặc chuyển các tệp đó về máy chủ của cổng.",
  "Bring the named hosts (images, scripts, CSS, fonts) to IPv6 like the portal itself, or move those files to the portal's own host.",
);
const THIRD = both(
  "Đề nghị thay dịch vụ bên thứ ba được nêu bằng dịch vụ có IPv6, tải tệp về máy chủ của cổng, hoặc đề nghị nhà cung cấp bật IPv6.",
  "Replace the named third-party services by ones with IPv6, serve their files from the portal, or ask their provider for IPv6.",
);

/** Texts of W8. */
export const W8: CheckTexts<"W8"> = {
  title: both("Tài nguyên của trang qua IPv6", "What the page loads, over IPv6"),
  about: both(
    "Mọi máy chủ mà trang tải script, CSS, ảnh, phông chữ, khung nhúng đều hoạt động qua IPv6; máy chủ cùng tên miền được xét riêng với bên thứ ba.",
    "Every host from which the page loads scripts, style sheets, images, fonts and frames works over IPv6; hosts of the own domain are told from third parties.",
  ),
  reasons: {
    all_work: says(
      "Mọi máy chủ tài nguyên hoạt động qua IPv6.",
      "Every host that the page loads from works over IPv6.",
    ),
    no_resources: says("Trang không tải tài nguyên nào.", "The page loads nothing."),
    own_host_missing: mend(
      both(
        "Trang tải tài nguyên từ máy chủ cùng tên miền không hoạt động qua IPv6: người dùng thuần IPv6 thấy trang hỏng.",
        "The page loads from hosts of its own domain that do not work over IPv6: visitors with IPv6 alone see a broken page.",
      ),
      OWN,
    ),
    third_party_missing: mend(
      both(
        "Trang tải tài nguyên từ bên thứ ba không hoạt động qua IPv6; máy chủ cùng tên miền đều đạt.",
        "The page loads from third parties that do not work over IPv6; hosts of its own domain do.",
      ),
      THIRD,
    ),
    third_party_missing_own_unsure: mend(
      both(
        "Trang tải tài nguyên từ bên thứ ba không hoạt động qua IPv6; chưa kiểm tra hết được máy chủ cùng tên miền.",
        "The page loads from third parties that do not work over IPv6; not all hosts of its own domain could be tested.",
      ),
      THIRD,
    ),
  },
};
