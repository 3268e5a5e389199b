import { both, type CheckTexts, mend, says, type SaidWithMend } from "../text.ts";

const REPLACE = both(
  "Đề nghị xóa bản ghi AAAA này và thay bằng địa chỉ IPv6 toàn cầu (2000::/3) do nhà cung cấp dịch vụ hoặc VNNIC cấp, được gán trên máy chủ hoặc thiết bị cân bằng tải. Khi chưa có địa chỉ đúng, nên xóa bản ghi: người dùng IPv6 sẽ không phải chờ kết nối hỏng.",
  "Remove this AAAA record and put a global IPv6 address (2000::/3) in its place, given by the provider or VNNIC and set on the server or load balancer. While there is none, better remove the record: visitors with IPv6 then need not wait for a connection that fails.",
);

/** A class of addresses that nobody on the Internet can reach. */
function special(vi: string, en: string): SaidWithMend {
  return mend(
    both(
      `Bản ghi AAAA chứa ${vi}, người dùng trên Internet không kết nối được.`,
      `An AAAA record holds ${en}, which visitors on the Internet can't connect to.`,
    ),
    REPLACE,
  );
}

/** Texts of D2. */
export const D2: CheckTexts<"D2"> = {
  title: both("Loại địa chỉ IPv6", "Class of the IPv6 addresses"),
  about: both(
    "Mọi địa chỉ IPv6 của tên miền là địa chỉ unicast toàn cầu, theo sổ đăng ký địa chỉ đặc biệt của IANA.",
    "Every IPv6 address of the name is global unicast, by IANA's registry of special-purpose addresses.",
  ),
  reasons: {
    all_global: says(
      "Mọi địa chỉ IPv6 là địa chỉ toàn cầu.",
      "Every IPv6 address is a global one.",
    ),
    allowed_here: says(
      "Địa chỉ IPv6 thuộc dải đặc biệt nhưng được cấu hình của hệ thống cho phép (mạng nội bộ, phòng thử nghiệm).",
      "The IPv6 address is special-purpose, but allowed by this system's configuration (closed network, lab).",
    ),
    special_unspecified: special("địa chỉ không xác định “::”", "the unspecified address “::”"),
    special_loopback: special("địa chỉ loopback “::1”", "the loopback address “::1”"),
    special_link_local: special(
      "địa chỉ liên kết cục bộ (fe80::/10)",
      "a link-local address (fe80::/10)",
    ),
    special_site_local: special(
      "địa chỉ site-local đã bị bãi bỏ (fec0::/10)",
      "a site-local address (fec0::/10), long deprecated",
    ),
    special_unique_local: special(
      "địa chỉ nội bộ ULA (fc00::/7)",
      "a unique local address (fc00::/7) of an inner network",
    ),
    special_multicast: special("địa chỉ multicast (ff00::/8)", "a multicast address (ff00::/8)"),
    special_ipv4_mapped: special(
      "địa chỉ IPv4 viết dưới dạng IPv6 (::ffff:0:0/96)",
      "an IPv4 address written as IPv6 (::ffff:0:0/96)",
    ),
    special_ipv4_translated: special(
      "địa chỉ chuyển đổi từ IPv4 (::ffff:0:0:0/96)",
      "an IPv4-translated address (::ffff:0:0:0/96)",
    ),
    special_nat64: special(
      "địa chỉ NAT64 (64:ff9b::/96 hoặc 64:ff9b:1::/48), chỉ có nghĩa trong mạng có NAT64",
      "a NAT64 address (64:ff9b::/96 or 64:ff9b:1::/48), which means something only behind NAT64",
    ),
    special_discard: special("địa chỉ dải hủy gói (100::/64)", "a discard-only address (100::/64)"),
    special_teredo: special("địa chỉ Teredo (2001::/32)", "a Teredo address (2001::/32)"),
    special_6to4: special(
      "địa chỉ 6to4 (2002::/16), cơ chế đã ngừng sử dụng",
      "a 6to4 address (2002::/16), a mechanism no longer in use",
    ),
    special_documentation: special(
      "địa chỉ chỉ dùng cho tài liệu (2001:db8::/32 hoặc 3fff::/20)",
      "an address meant for documentation (2001:db8::/32 or 3fff::/20)",
    ),
    special_benchmarking: special(
      "địa chỉ dùng để đo thử thiết bị (2001:2::/48)",
      "an address meant for benchmarking (2001:2::/48)",
    ),
    special_protocol: special(
      "địa chỉ dành cho giao thức (2001::/23, 2620:4f:8000::/48)",
      "an address set aside for protocols (2001::/23, 2620:4f:8000::/48)",
    ),
    special_segment_routing: special(
      "địa chỉ định tuyến phân đoạn (5f00::/16)",
      "a segment-routing address (5f00::/16)",
    ),
    special_not_global_unicast: special(
      "địa chỉ ngoài dải unicast toàn cầu (2000::/3)",
      "an address outside global unicast (2000::/3)",
    ),
    special_other: special(
      "địa chỉ thuộc dải đặc biệt của IANA",
      "an address of a special-purpose range",
    ),
  },
};
