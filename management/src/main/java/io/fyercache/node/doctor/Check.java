package io.fyercache.node.doctor;

/** Looks at one thing. Blocks where it has to ask somebody. */
sealed interface Check
        permits AcceptedSecretCheck,
                AccessListCheck,
                CertificateCheck,
                ClockCheck,
                PortCheck,
                SecretFileCheck,
                ServerCheck,
                StrangersCheck,
                TokenFileCheck {

    Finding examine();
}
