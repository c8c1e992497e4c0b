package dev.scrip.storage;

import static dev.scrip.storage.FactCodec.fromWire;
import static dev.scrip.storage.FactCodec.instant;
import static dev.scrip.storage.FactCodec.toWire;

import com.google.protobuf.CodedInputStream;
import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.AccountView.GrantView;
import dev.scrip.ledger.JournalException;
import dev.scrip.ledger.LedgerState;
import dev.scrip.ledger.Snapshots;
import dev.scrip.pricing.Credits;
import dev.scrip.storage.wire.AccountStateMessage;
import dev.scrip.storage.wire.GrantStateMessage;
import dev.scrip.storage.wire.HoldStateMessage;
import dev.scrip.storage.wire.LapsedStateMessage;
import dev.scrip.storage.wire.ReversedStateMessage;
import dev.scrip.storage.wire.SnapshotHeadMessage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/// The latest snapshot in a file beside the journal, written whole under another name first.
///
/// A file that is torn, damaged or of another layout is as good as none: a checksum ends it.
public final class SnapshotFile implements Snapshots {

    private static final System.Logger LOG = System.getLogger(SnapshotFile.class.getName());
    private static final int LAYOUT = 7;
    private static final int NUMBERS_AT_ONCE = 8_192;

    private final Path file;

    public SnapshotFile(Path file) {
        this.file = file;
    }

    @Override
    public @Nullable LedgerState latest() {
        var checksum = new CRC32C();
        try (var stream = Files.newInputStream(file);
                var buffered = new BufferedInputStream(stream, 1 << 16);
                var checked = new CheckedInputStream(buffered, checksum)) {
            var state = read(checked);
            long sum = checksum.getValue();
            if (new DataInputStream(buffered).readLong() != sum) {
                throw new IOException("its checksum is wrong");
            }
            return state;
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "The snapshot " + file + " cannot be read; the journal is replayed: " + e);
            return null;
        }
    }

    @Override
    public void save(LedgerState snapshot) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        var checksum = new CRC32C();
        try {
            try (var stream = Files.newOutputStream(fresh);
                    var buffered = new BufferedOutputStream(stream, 1 << 16);
                    var checked = new CheckedOutputStream(buffered, checksum)) {
                write(snapshot, checked);
                new DataOutputStream(buffered).writeLong(checksum.getValue());
            }
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new JournalException("The snapshot could not be saved: " + e, e);
        }
    }

    private static void write(LedgerState state, OutputStream out) throws IOException {
        out.write(LAYOUT);
        var head = SnapshotHeadMessage.newBuilder();
        var forgottenUntil = state.forgottenUntil();
        if (forgottenUntil != null) {
            head.setForgottenUntilMicros(toWire(forgottenUntil));
        }
        head.setLastSeq(state.lastSeq())
                .setLastAtMicros(toWire(state.lastAt()))
                .setAccounts(state.accounts().size())
                .setRememberedNumbers(state.remembered().remaining())
                .build()
                .writeDelimitedTo(out);
        for (var account : state.accounts()) {
            message(account).writeDelimitedTo(out);
        }
        var numbers = state.remembered().duplicate();
        var bytes = ByteBuffer.allocate(NUMBERS_AT_ONCE * Long.BYTES);
        while (numbers.hasRemaining()) {
            int count = Math.min(NUMBERS_AT_ONCE, numbers.remaining());
            bytes.asLongBuffer().put(0, numbers, numbers.position(), count);
            numbers.position(numbers.position() + count);
            out.write(bytes.array(), 0, count * Long.BYTES);
        }
    }

    private static LedgerState read(InputStream in) throws IOException {
        int layout = in.read();
        if (layout != LAYOUT) {
            throw new IOException("it has layout " + layout + ", not " + LAYOUT);
        }
        var head = SnapshotHeadMessage.parseFrom(delimited(in));
        var accounts = new ArrayList<LedgerState.AccountState>(head.getAccounts());
        for (int i = 0; i < head.getAccounts(); i++) {
            accounts.add(state(AccountStateMessage.parseFrom(delimited(in))));
        }
        return new LedgerState(
                head.getLastSeq(),
                instant(head.getLastAtMicros()),
                accounts,
                numbers(in, head.getRememberedNumbers()),
                head.hasForgottenUntilMicros() ? instant(head.getForgottenUntilMicros()) : null);
    }

    /// The bytes of a message that says its length first: a message is read out of an array, since
    /// a stream is asked for its end at each field.
    private static byte[] delimited(InputStream in) throws IOException {
        return bytes(in, CodedInputStream.readRawVarint32(in.read(), in));
    }

    private static LongBuffer numbers(InputStream in, int count) throws IOException {
        var numbers = LongBuffer.allocate(count);
        while (numbers.hasRemaining()) {
            int length = Math.min(NUMBERS_AT_ONCE, numbers.remaining()) * Long.BYTES;
            numbers.put(ByteBuffer.wrap(bytes(in, length)).asLongBuffer());
        }
        return numbers.flip().asReadOnlyBuffer();
    }

    private static byte[] bytes(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static AccountStateMessage message(LedgerState.AccountState account) {
        var message =
                AccountStateMessage.newBuilder()
                        .setWorkspace(account.account().workspace())
                        .setAccount(account.account().name())
                        .setPlan(PlanCodec.toWire(account.plan()))
                        .setAnchorMicros(toWire(account.anchor()))
                        .setZone(account.zone().getId())
                        .setOpenedAtMicros(toWire(account.openedAt()))
                        .setPeriodIndex(account.periodIndex())
                        .setPeriodStartMicros(toWire(account.periodStart()))
                        .setPeriodEndMicros(toWire(account.periodEnd()));
        for (var grant : account.grants()) {
            message.addGrants(
                    GrantStateMessage.newBuilder()
                            .setGrant(grant.grant())
                            .setTerms(toWire(grant.terms()))
                            .setRemainingMicros(grant.remaining().micros())
                            .setOfEarlierPlan(grant.ofEarlierPlan()));
        }
        for (var lapsed : account.lapsed()) {
            message.addLapsed(
                    LapsedStateMessage.newBuilder()
                            .setGrant(lapsed.grant())
                            .setTerms(toWire(lapsed.terms()))
                            .setRemainingMicros(lapsed.remaining().micros())
                            .setRollover(lapsed.rollover()));
        }
        for (var hold : account.holds()) {
            message.addHolds(
                    HoldStateMessage.newBuilder()
                            .setHold(hold.hold())
                            .setEstimate(toWire(hold.estimate()))
                            .setLease(hold.lease())
                            .addAllDraws(toWire(hold.draws()))
                            .setExpiresMicros(toWire(hold.expires()))
                            .setResetsAtMicros(toWire(hold.resetsAt())));
        }
        account.reversed()
                .forEach((charge, credits) ->
                        message.addReversed(
                                ReversedStateMessage.newBuilder()
                                        .setCharge(charge)
                                        .setCreditsMicros(credits.micros())));
        var pool = account.pool();
        if (pool != null) {
            message.setPool(pool.name());
        }
        var nextPlan = account.nextPlan();
        if (nextPlan != null) {
            message.setNextPlan(PlanCodec.toWire(nextPlan));
        }
        var topUps = account.topUps();
        if (topUps != null) {
            message.setTopUps(SettingCodec.toWire(topUps));
        }
        return message.addAllLimits(account.limits().stream().map(SettingCodec::toWire).toList())
                .addAllAlerts(account.alerts().stream().map(SettingCodec::toWire).toList())
                .setOverageInvoiced(CorrectionCodec.isInvoiced(account.overage()))
                .setStatus(CorrectionCodec.toWire(account.status()))
                .setOverageLimitMicros(account.overage().limit().micros())
                .setReceivableMicros(account.receivable().micros())
                .setCommitment(PriceCodec.toWire(account.commitment()))
                .setUsedInPeriodMicros(account.usedInPeriod().micros())
                .build();
    }

    private static LedgerState.AccountState state(AccountStateMessage message) {
        return new LedgerState.AccountState(
                new AccountId(message.getWorkspace(), message.getAccount()),
                message.hasPool() ? new AccountId(message.getWorkspace(), message.getPool()) : null,
                PlanCodec.fromWire(message.getPlan()),
                message.hasNextPlan() ? PlanCodec.fromWire(message.getNextPlan()) : null,
                ZoneId.of(message.getZone()),
                instant(message.getOpenedAtMicros()),
                instant(message.getAnchorMicros()),
                message.getPeriodIndex(),
                instant(message.getPeriodStartMicros()),
                instant(message.getPeriodEndMicros()),
                CorrectionCodec.fromWire(message.getStatus()),
                CorrectionCodec.overage(
                        message.getOverageLimitMicros(), message.getOverageInvoiced()),
                new Credits(message.getReceivableMicros()),
                message.getGrantsList().stream()
                        .map(grant ->
                                new GrantView(
                                        grant.getGrant(),
                                        fromWire(grant.getTerms()),
                                        new Credits(grant.getRemainingMicros()),
                                        grant.getOfEarlierPlan()))
                        .toList(),
                message.getLapsedList().stream()
                        .map(lapsed ->
                                new LedgerState.LapsedState(
                                        lapsed.getGrant(),
                                        fromWire(lapsed.getTerms()),
                                        new Credits(lapsed.getRemainingMicros()),
                                        lapsed.getRollover()))
                        .toList(),
                message.getHoldsList().stream()
                        .map(hold ->
                                new LedgerState.HoldState(
                                        hold.getHold(),
                                        fromWire(hold.getEstimate()),
                                        hold.getLease(),
                                        FactCodec.draws(hold.getDrawsList()),
                                        instant(hold.getExpiresMicros()),
                                        instant(hold.getResetsAtMicros())))
                        .toList(),
                reversed(message),
                message.getLimitsList().stream().map(SettingCodec::fromWire).toList(),
                message.getAlertsList().stream().map(SettingCodec::fromWire).toList(),
                message.hasTopUps() ? SettingCodec.fromWire(message.getTopUps()) : null,
                PriceCodec.fromWire(message.getCommitment()),
                new Credits(message.getUsedInPeriodMicros()));
    }

    private static SortedMap<Long, Credits> reversed(AccountStateMessage message) {
        var reversed = new TreeMap<Long, Credits>();
        for (var entry : message.getReversedList()) {
            reversed.put(entry.getCharge(), new Credits(entry.getCreditsMicros()));
        }
        return reversed;
    }
}
