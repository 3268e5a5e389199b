import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of P1. */
export const P1: CheckTexts<"P1"> = {
  title: both(
    "Thời gian đáp ứng IPv6 so với IPv4 (thông tin)",
    "Response times, IPv6 against IPv4 (information)",
  ),
  about: both(
    "So sánh trung vị thời gian của từng bước (DNS, TCP, TLS, byte đầu, tổng). Các chỉ số cần trình duyệt (FCP, LCP, Speed Index, thời gian chặn) không được đo.",
    "Medians of each stage (DNS, TCP, TLS, first byte, total) are compared. What needs a browser (FCP, LCP, Speed Index, blocking time) is not measured.",
  ),
  reasons: {
    not_slower: says("IPv6 không chậm hơn IPv4 đáng kể.", "IPv6 is not markedly slower than IPv4."),
    slower_over_ip6: mend(
      both(
        "Truy cập qua IPv6 chậm hơn IPv4 rõ rệt.",
        "The portal is markedly slower over IPv6 than over IPv4.",
      ),
      both(
        "Đề nghị kiểm tra đường đi IPv6 (traceroute6), đường hầm, và thiết bị phía trước máy chủ; tuyến IPv6 vòng qua nước ngoài là nguyên nhân thường gặp.",
        "Check the IPv6 path (traceroute6), tunnels and the devices in front of the server; a detour abroad is a frequent cause.",
      ),
    ),
    not_measured: says(
      "Chưa xác định: không đo được thời gian qua cả hai loại địa chỉ.",
      "Not known: times could not be measured over both families.",
    ),
  },
};
