import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of W9. */
export const W9: CheckTexts<"W9"> = {
  title: both("Tên có và không có “www”", "Names with and without “www”"),
  about: both(
    "Tên gốc và tên “www.” bên cạnh địa chỉ đã đăng ký cũng hoạt động qua IPv6; kết quả của địa chỉ đã đăng ký quyết định mức.",
    "The apex and the “www.” name beside the registered address work over IPv6 too; the registered one decides the level.",
  ),
  reasons: {
    variants_work: says(
      "Các biến thể của tên đều hoạt động qua IPv6.",
      "The variants of the name work over IPv6.",
    ),
    variant_without_aaaa: mend(
      both(
        "Biến thể của tên (tên gốc hoặc “www.”) có địa chỉ IPv4 nhưng không có IPv6.",
        "A variant of the name (apex or “www.”) has an IPv4 address but no IPv6 address.",
      ),
      both(
        "Đề nghị bổ sung bản ghi AAAA cho biến thể được nêu giống tên chính.",
        "Add the AAAA record of the main name to the named variant too.",
      ),
    ),
    variant_broken: mend(
      both(
        "Biến thể của tên (tên gốc hoặc “www.”) có địa chỉ IPv6 nhưng không hoạt động đầy đủ qua IPv6.",
        "A variant of the name (apex or “www.”) has an IPv6 address but does not fully work over IPv6.",
      ),
      both(
        "Đề nghị cấu hình biến thể được nêu như tên chính: cùng máy chủ ảo, mở cổng 443 và chứng thư có cả hai tên.",
        "Set up the named variant like the main name: the same virtual host, port 443 open, a certificate with both names.",
      ),
    ),
    no_variants: says(
      "Không áp dụng: không có biến thể nào khác của tên.",
      "Does not apply: there is no other variant of the name.",
    ),
  },
};
