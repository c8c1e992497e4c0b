package dev.scrip.cli;

/// What the shell is told.
final class ExitCode {

    static final int DONE = 0;

    /// The answer is a refusal, or a finding above a threshold.
    static final int FINDING = 1;

    /// The command line or a file could not be used.
    static final int UNUSABLE_INPUT = 2;

    /// A defect of the program; `EX_SOFTWARE` of sysexits.h.
    static final int DEFECT = 70;

    private ExitCode() {}
}
