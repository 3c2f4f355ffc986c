package io.fyercache.node;

import io.fyercache.node.doctor.Doctor;
import io.fyercache.node.doctor.Finding;
import io.fyercache.node.doctor.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks for what would keep a process from running. */
@Command(
        name = "doctor",
        description = {
            "Looks for what would keep a process from running that is told the same: ZooKeeper, access lists, clocks, ports, versions, the"
                    + " configuration, certificates, who may read secrets. Run it as the process's user, while the process does not run.",
            "0 if there is no fault, 1 if there is one; what is doubtful is no fault."
        })
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ProcessOptions options = new ProcessOptions();

    /** For picocli. */
    DoctorCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings =
                new Doctor(options.source(), options.http(), options.tokenFile(), options.tls()).examine();
        findings.forEach(this::print);
        boolean ill = findings.stream().anyMatch(finding -> finding.severity() == Severity.FAULT);
        return ill ? FyerNode.EXIT_FAILED : 0;
    }

    private void print(Finding finding) {
        if (spec != null) {
            String remedy = finding.remedy().isEmpty() ? "" : "; " + finding.remedy();
            spec.commandLine()
                    .getOut()
                    .println(finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.about() + ": "
                            + finding.text() + remedy);
        }
    }
}
