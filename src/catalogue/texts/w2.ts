import { both, type CheckTexts, mend, says } from "../text.ts";

const CHECK_TLS = both(
  "Đề nghị kiểm tra cấu hình TLS ở địa chỉ được nêu giống như ở địa chỉ đang hoạt động (nginx: khối “server” có “listen [::]:443 ssl” cùng “ssl_certificate”; IIS: binding https của đúng tên và địa chỉ; thiết bị cân bằng tải: cấu hình TLS cho địa chỉ ảo IPv6), và bật TLS 1.2, 1.3. Thử lại: “openssl s_client -connect [địa chỉ]:443 -servername tên-miền”.",
  "Check that TLS is set up at the named address as it is where it works (nginx: a “server” block with “listen [::]:443 ssl” and “ssl_certificate”; IIS: an https binding for the name and address; load balancer: TLS on the IPv6 virtual address), with TLS 1.2 and 1.3 on. Try: “openssl s_client -connect [address]:443 -servername name”.",
);

/** Texts of W2. */
export const W2: CheckTexts<"W2"> = {
  title: both("Bắt tay TLS", "TLS handshake"),
  about: both(
    "Ở mọi địa chỉ nhận kết nối tại cổng 443, bắt tay TLS hoàn thành; chứng thư được xét riêng.",
    "At every address that accepts connections on port 443 the TLS handshake completes; certificates are judged apart.",
  ),
  reasons: {
    completed: says("Bắt tay TLS hoàn thành ở mọi địa chỉ.", "TLS completes at every address."),
    tls_timeout_after_tcp: mend(
      both(
        "Kết nối TCP mở được nhưng bắt tay TLS không có hồi âm. Nghi ngờ gói tin lớn bị mất trên đường truyền (Path MTU); đây mới là nghi ngờ.",
        "TCP opens, but the TLS handshake gets no reply. Large packets are suspected to be lost on the way (path MTU); that is a suspicion only.",
      ),
      both(
        "Đề nghị cho phép ICMPv6 “Packet Too Big” (loại 2) trên mọi tường lửa, kiểm tra MTU của đường hầm và đặt giới hạn MSS (ví dụ 1220 cho IPv6); đồng thời kiểm tra dịch vụ TLS ở địa chỉ này không bị treo.",
        "Let ICMPv6 “Packet Too Big” (type 2) through every firewall, check the MTU of tunnels and clamp the MSS (1220 for IPv6, for example); check as well that the TLS service at this address does not hang.",
      ),
    ),
    tls_reset: mend(
      both(
        "Máy chủ ngắt kết nối trong khi bắt tay TLS.",
        "The server cuts the connection during the TLS handshake.",
      ),
      CHECK_TLS,
    ),
    tls_alert: mend(
      both(
        "Máy chủ từ chối bắt tay TLS bằng một cảnh báo (alert).",
        "The server refuses the TLS handshake with an alert.",
      ),
      CHECK_TLS,
    ),
    tls_error: mend(
      both(
        "Bắt tay TLS thất bại: câu trả lời của máy chủ không đúng giao thức TLS.",
        "The TLS handshake fails: what the server answers is not proper TLS.",
      ),
      CHECK_TLS,
    ),
    unreadable_certificate: mend(
      both(
        "Bắt tay TLS thất bại vì chứng thư máy chủ gửi không đọc được.",
        "The TLS handshake fails because the certificate that the server sends can't be read.",
      ),
      both(
        "Đề nghị cài lại chứng thư đúng định dạng (PEM hoặc PFX do đơn vị cấp chứng thư gửi) ở địa chỉ được nêu.",
        "Install the certificate again in its proper form (the PEM or PFX of the issuer) at the named address.",
      ),
    ),
    port_443_closed: says(
      "Không áp dụng: không địa chỉ nào mở cổng 443.",
      "Does not apply: port 443 is open at no address.",
    ),
  },
};
