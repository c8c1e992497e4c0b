package dev.scrip.cli;

import picocli.CommandLine.IVersionProvider;

/// The version, as the build wrote it into the jar.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var built = Main.class.getPackage().getImplementationVersion();
        return new String[] {"scrip " + (built == null ? "(not built as a jar)" : built)};
    }
}
