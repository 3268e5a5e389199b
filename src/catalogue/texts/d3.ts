import { both, type CheckTexts, mend, says } from "../text.ts";

const SECOND = both(
  "Đề nghị đơn vị quản trị DNS cấp bản ghi AAAA cho ít nhất hai máy chủ tên miền của vùng, cho dịch vụ DNS lắng nghe trên IPv6 (BIND: “listen-on-v6 { any; };”) và mở cổng 53 cả UDP lẫn TCP trên tường lửa IPv6.",
  "Ask the DNS operator to give at least two of the zone's name servers AAAA records, to let the DNS service listen on IPv6 (BIND: “listen-on-v6 { any; };”), and to open port 53 for UDP and TCP in the IPv6 firewall.",
);

/** Texts of D3. */
export const D3: CheckTexts<"D3"> = {
  title: both("Máy chủ tên miền qua IPv6", "Name servers over IPv6"),
  about: both(
    "Ít nhất hai máy chủ tên miền của vùng trả lời có thẩm quyền qua IPv6, cả UDP và TCP (theo khuyến nghị của RFC 10001).",
    "At least two name servers of the zone answer with authority over IPv6, by UDP and TCP (as RFC 10001 recommends).",
  ),
  reasons: {
    two_or_more: says(
      "Ít nhất hai máy chủ tên miền trả lời qua IPv6.",
      "At least two name servers answer over IPv6.",
    ),
    only_one: mend(
      both(
        "Chỉ một máy chủ tên miền của vùng trả lời đầy đủ qua IPv6; nếu máy chủ đó hỏng, người dùng thuần IPv6 không tìm được cổng.",
        "No more than one name server of the zone answers fully over IPv6; if it fails, visitors with IPv6 alone can't find the portal.",
      ),
      SECOND,
    ),
    udp_only: mend(
      both(
        "Máy chủ tên miền trả lời qua IPv6 bằng UDP nhưng không trả lời bằng TCP.",
        "The name servers answer over IPv6 by UDP, but not by TCP.",
      ),
      both(
        "Đề nghị mở cổng 53/TCP trên tường lửa IPv6 tới máy chủ tên miền và bật TCP trong phần mềm DNS; câu trả lời lớn (DNSSEC) cần TCP.",
        "Open port 53/TCP to the name servers in the IPv6 firewall and enable TCP in the DNS software; large answers (DNSSEC) need it.",
      ),
    ),
    lame: mend(
      both(
        "Máy chủ tên miền trả lời qua IPv6 nhưng không có thẩm quyền với vùng này (lame).",
        "The name servers answer over IPv6 but have no authority for this zone (lame).",
      ),
      both(
        "Đề nghị nạp vùng trên máy chủ tên miền ở địa chỉ IPv6 này (cấu hình “zone” như trên IPv4), hoặc sửa bản ghi AAAA nếu nó trỏ tới máy chủ khác.",
        "Load the zone on the name server at this IPv6 address (as it is over IPv4), or correct the AAAA record if it points at another machine.",
      ),
    ),
    no_aaaa: mend(
      both(
        "Không máy chủ tên miền nào của vùng có địa chỉ IPv6 dùng được.",
        "None of the zone's name servers has a usable IPv6 address.",
      ),
      SECOND,
    ),
    none_answers: mend(
      both(
        "Máy chủ tên miền có địa chỉ IPv6 nhưng không máy chủ nào trả lời qua IPv6.",
        "The name servers have IPv6 addresses, but none of them answers over IPv6.",
      ),
      SECOND,
    ),
    rate_limited: says(
      "Chưa xác định: máy chủ tên miền không trả lời hệ thống đo qua cả IPv4 lẫn IPv6; có thể máy chủ đang từ chối hoặc hạn chế hệ thống đo, hoặc đang dừng với mọi người. Đây không phải vấn đề riêng của IPv6.",
      "Not known: the name servers answer this system over neither family; they may refuse it or limit its rate, or be down for everybody. That is no matter of IPv6.",
    ),
    literal_address: says(
      "Không áp dụng: cổng được đăng ký bằng địa chỉ IP, không có tên miền.",
      "Does not apply: the portal is registered by its IP address and has no name.",
    ),
  },
};
