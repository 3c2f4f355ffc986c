package io.fyercache.sharded.transport.netty;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Whether a certificate is that of a host, by its alternative names (RFC 6125): addresses must be equal, names be equal but for the case of
 * their letters, where {@code *} may stand for the first label. The subject's common name counts for nothing. Both sides of a connection ask
 * this, of members; the JDK asks it of servers only.
 */
final class CertifiedHost {
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;
    private static final String ANY_LABEL = "*.";

    private CertifiedHost() {}

    static boolean isNamed(X509Certificate certificate, String host) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null && names.stream().anyMatch(name -> covers(name, host));
        } catch (CertificateParsingException e) {
            // A name that nobody can read names nobody.
            return false;
        }
    }

    private static boolean covers(List<?> name, String host) {
        if (!(name.get(0) instanceof Integer kind) || !(name.get(1) instanceof String text)) {
            return false;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        return switch (kind) {
            case ADDRESS -> address != null && Arrays.equals(address, NetUtil.createByteArrayFromIpAddressString(text));
            case DNS_NAME ->
                address == null && coversName(text.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    private static boolean coversName(String pattern, String host) {
        if (!pattern.startsWith(ANY_LABEL)) {
            return pattern.equals(host);
        }
        int firstDot = host.indexOf('.');
        return firstDot > 0 && host.substring(firstDot).equals(pattern.substring(1));
    }
}
