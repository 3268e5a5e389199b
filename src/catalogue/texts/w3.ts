import { both, type CheckTexts, mend, says } from "../text.ts";

const RENEW = both(
  "Đề nghị gia hạn và cài chứng thư mới trên mọi máy chủ và thiết bị cân bằng tải, kể cả máy phục vụ IPv6, rồi nạp lại dịch vụ (nginx: “nginx -s reload”; IIS: chọn chứng thư mới trong binding). Nên tự động hóa việc gia hạn (ACME).",
  "Renew the certificate and install it on every server and load balancer, the one that serves IPv6 included, then reload (nginx: “nginx -s reload”; IIS: choose the new certificate in the binding). Automate renewal (ACME).",
);

const PUBLIC = both(
  "Đề nghị dùng chứng thư của một tổ chức cấp chứng thư được các trình duyệt tin cậy, cài ở mọi địa chỉ của cổng.",
  "Use a certificate of an authority that browsers trust, at every address of the portal.",
);

/** Texts of W3. */
export const W3: CheckTexts<"W3"> = {
  title: both("Chứng thư số", "Certificate"),
  about: both(
    "Ở mọi địa chỉ, chứng thư đúng tên, còn hạn và nối đầy đủ tới một chứng thư gốc được tin cậy công khai.",
    "At every address the certificate is for this name, in date, and leads completely to a publicly trusted root.",
  ),
  reasons: {
    valid: says("Chứng thư hợp lệ ở mọi địa chỉ.", "The certificate is valid at every address."),
    expired: mend(
      both(
        "Chứng thư đã hết hạn ở ít nhất một địa chỉ.",
        "At one address at least the certificate has expired.",
      ),
      RENEW,
    ),
    not_yet_valid: mend(
      both("Chứng thư chưa tới ngày có hiệu lực.", "The certificate's time has not begun."),
      both(
        "Đề nghị dùng lại chứng thư đang còn hạn cho tới ngày hiệu lực, hoặc xin cấp lại; kiểm tra đồng hồ của nơi cấp.",
        "Use a certificate that is in date until then, or have it issued again; check the issuer's clock.",
      ),
    ),
    self_signed: mend(
      both(
        "Chứng thư tự ký, trình duyệt không tin cậy.",
        "The certificate is self-signed; browsers do not trust it.",
      ),
      PUBLIC,
    ),
    incomplete_chain: mend(
      both(
        "Máy chủ không gửi kèm chứng thư trung gian; một số trình duyệt và ứng dụng sẽ báo lỗi.",
        "The server does not send the intermediate certificate; some browsers and apps will refuse it.",
      ),
      both(
        "Đề nghị cài chuỗi đầy đủ (nginx: “ssl_certificate fullchain.pem”; Apache: SSLCertificateFile chứa cả chuỗi; IIS: nhập chứng thư trung gian vào “Intermediate Certification Authorities”).",
        "Install the full chain (nginx: “ssl_certificate fullchain.pem”; Apache: SSLCertificateFile with the chain; IIS: import the intermediate into “Intermediate Certification Authorities”).",
      ),
    ),
    untrusted: mend(
      both(
        "Chứng thư không nối tới chứng thư gốc nào được tin cậy công khai.",
        "The certificate leads to no publicly trusted root.",
      ),
      PUBLIC,
    ),
    hostname: mend(
      both("Chứng thư không cấp cho tên miền này.", "The certificate is not for this name."),
      both(
        "Đề nghị cấp chứng thư có tên miền này trong danh sách tên (SAN), hoặc sửa cấu hình để địa chỉ này gửi đúng chứng thư của tên miền (SNI, máy chủ ảo mặc định).",
        "Have a certificate issued with this name in its list (SAN), or let this address send the right one (SNI, default virtual host).",
      ),
    ),
    no_certificate: mend(
      both(
        "Máy chủ hoàn thành TLS mà không gửi chứng thư.",
        "The server completes TLS without showing a certificate.",
      ),
      both(
        "Đề nghị bỏ các bộ mã ẩn danh (aNULL) và cấu hình chứng thư cho địa chỉ này.",
        "Remove anonymous cipher suites (aNULL) and configure a certificate at this address.",
      ),
    ),
    unreadable_certificate: mend(
      both(
        "Chứng thư máy chủ gửi không đọc được.",
        "The certificate that the server sends can't be read.",
      ),
      both(
        "Đề nghị cài lại chứng thư đúng định dạng ở địa chỉ được nêu.",
        "Install the certificate again in its proper form at the named address.",
      ),
    ),
    ends_soon: mend(
      both("Chứng thư hợp lệ nhưng sắp hết hạn.", "The certificate is valid but ends soon."),
      RENEW,
    ),
    weak_key: mend(
      both(
        "Chứng thư hợp lệ nhưng khóa ngắn hơn mức tối thiểu (RSA 2048 bit, EC 256 bit).",
        "The certificate is valid, but its key is shorter than the minimum (RSA 2048 bits, EC 256 bits).",
      ),
      both(
        "Đề nghị tạo khóa mới đủ dài và xin cấp lại chứng thư.",
        "Make a new key that is long enough and have the certificate issued again.",
      ),
    ),
    weak_signature: mend(
      both(
        "Chứng thư hợp lệ nhưng dùng thuật toán chữ ký đã lỗi thời (SHA-1, MD5).",
        "The certificate is valid, but signed with an outdated algorithm (SHA-1, MD5).",
      ),
      both(
        "Đề nghị xin cấp lại chứng thư với chữ ký SHA-256 trở lên.",
        "Have the certificate issued again with SHA-256 or better.",
      ),
    ),
    no_handshake: says(
      "Không áp dụng: không địa chỉ nào hoàn thành bắt tay TLS để xem chứng thư.",
      "Does not apply: TLS completes at no address, so no certificate is shown.",
    ),
    port_443_closed: says(
      "Không áp dụng: không địa chỉ nào mở cổng 443.",
      "Does not apply: port 443 is open at no address.",
    ),
  },
};
