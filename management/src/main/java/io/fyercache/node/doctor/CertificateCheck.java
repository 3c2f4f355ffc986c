package io.fyercache.node.doctor;

import io.fyercache.management.certificate.CertificateChain;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a certificate can be shown with its key, is valid for a while yet, and is believed.
 *
 * @param setting that names it
 * @param shown reads it, and throws {@link IllegalArgumentException} if it cannot be used
 * @param authorities reads whom those believe to whom it is shown, and throws the same; none if that is not known here
 * @param now the time
 */
record CertificateCheck(
        String setting, Supplier<CertificateChain> shown, Supplier<List<X509Certificate>> authorities, Instant now)
        implements Check {

    @Override
    public Finding examine() {
        CertificateChain chain;
        List<X509Certificate> believed;
        try {
            chain = shown.get();
            believed = authorities.get();
        } catch (IllegalArgumentException e) {
            return Finding.fault(setting, String.valueOf(e.getMessage()), "mend the file that is named");
        }
        Optional<String> gap = chain.gap();
        if (gap.isPresent()) {
            return Finding.fault(
                    setting,
                    gap.get() + " (expected: the certificate first, then each that vouches for the one before)",
                    "put them in order, and leave out those that do not belong there");
        }
        Optional<String> disbelief = believed.isEmpty() ? Optional.empty() : chain.disbelief(believed, now);
        if (disbelief.isPresent()) {
            return Finding.fault(
                    setting,
                    "the authorities that this process believes do not vouch for its own certificate: "
                            + disbelief.get() + " (expected: that all processes of a cluster believe each other)",
                    "add the certificates in between to the file, or sign it by one of these authorities");
        }
        X509Certificate first = chain.firstToEnd();
        String end = "certificate of " + CertificateChain.name(first) + ", valid until "
                + first.getNotAfter().toInstant();
        if (now.isAfter(first.getNotAfter().toInstant())) {
            return Finding.fault(setting, end + " (expected: valid now)", "renew it");
        } else if (chain.isNearItsEnd(now)) {
            return Finding.doubtful(
                    setting,
                    end + " (expected: for 30 days yet, or a third of its life)",
                    "renew it, or see what should");
        }
        return Finding.good(setting, end + (believed.isEmpty() ? "" : ", and believed"));
    }
}
