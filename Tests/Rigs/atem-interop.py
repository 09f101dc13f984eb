#!/usr/bin/env python3
"""Clients that are not ours, on our emulated ATEMs: do they connect, read the same state, and cut and preview?

    atem-interop.py EMULATOR DUMP...       all clients on all recordings; prints a table; fails on any disagreement
    atem-interop.py --client NAME ADDRESS  one client, as a process of its own: prints what it read and did as JSON

Clients: PyATEMMax, pyatem, and atemwire (of bmdwire), each from PyPI; test-atem-interop.sh fetches them.
"""
import importlib.metadata
import json
import math
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

PATIENCE = 20
# What they cannot, whoever the switcher is, and the words that they have to say of it.
TOPOLOGY = ("reads a topology (_top) of 28 bytes only, of firmware 8.1.1 and later", "struct.error")
VIDEO_MODES = ("cannot read the video modes (_VMC) of firmware before 8", "State dump ended without video-mode")
KNOWN = {
    ("pyatem", "1me-v8.1"): TOPOLOGY,
    ("pyatem", "4me4k-v7.5.2"): TOPOLOGY,
    ("pyatem", "ps4k-v7.2"): TOPOLOGY,
    ("atemwire", "4me4k-v7.5.2"): VIDEO_MODES,
    ("atemwire", "ps4k-v7.2"): VIDEO_MODES,
}
# What they read of the smallest switcher: fewer values are a client that has not read it.
MINIMUM = {"PyATEMMax": 21, "pyatem": 29, "atemwire": 29}
CLIENTS = {"PyATEMMax": "PyATEMMax", "pyatem": "pyatem", "atemwire": "bmdwire"}


def until(holds, seconds=5):
    """Whether something came to hold in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return False


class PyATEMMaxClient:
    def __init__(self, address):
        import PyATEMMax

        self.atem = PyATEMMax.ATEMMax()
        self.atem.connect(address)
        self.connected = self.atem.waitForConnection(infinite=False, timeout=PATIENCE)

    def read(self, ours):
        s = self.atem
        # A source that it has no name for it cannot say: that counts as not read.
        return {
            "product": s.atemModel,
            "program": {me: s.programInput[int(me)].videoSource.value for me in ours["program"]},
            "preview": {me: s.previewInput[int(me)].videoSource.value for me in ours["preview"]},
            "auxiliaries": {
                bus: source.value
                for bus in ours["auxiliaries"]
                if int(bus) < 6
                for source in [s.auxSource[int(bus)].input]
                if source.value is not None
            },
            "downstream": {
                key: s.downstreamKeyer[int(key) - 1].onAir for key in ours["downstream"] if int(key) <= 2
            },
            "upstream": {key: s.keyer[0][int(key) - 1].onAir.enabled for key in ours["upstream"]},
            "black": s.fadeToBlack[0].state.fullyBlack,
            "names": {
                id: s.inputProperties[int(id)].longName for id in ours["names"] if self.knows(int(id))
            },
            "tally": {
                id: flags.program + 2 * flags.preview
                for id in ours["names"]
                if self.knows(int(id))
                for flags in [s.tally.bySource.flags[int(id)]]
                if flags.program or flags.preview
            },
        }

    def knows(self, source):
        return any(known.value == source for known in self.atem.atem.videoSources)

    def program(self, source):
        self.atem.setProgramInputVideoSource(0, source)

    def preview(self, source):
        self.atem.setPreviewInputVideoSource(0, source)

    def cut(self):
        self.atem.execCutME(0)

    def buses(self):
        return self.atem.programInput[0].videoSource.value, self.atem.previewInput[0].videoSource.value

    def close(self):
        self.atem.disconnect()


class MixerState:
    """pyatem and its descendant atemwire keep what they heard in one dictionary."""

    def read(self, ours):
        s = self.state()

        def each(name, value):
            return {str(key): value(field) for key, field in s.get(name, {}).items()}

        black = s["fade-to-black-state"][0]
        return {
            "product": s["product-name"].name,
            "program": each("program-bus-input", lambda field: field.source),
            "preview": each("preview-bus-input", lambda field: field.source),
            "auxiliaries": each("aux-output-source", lambda field: field.source),
            "downstream": {
                str(key + 1): bool(field.on_air) for key, field in s.get("dkey-state", {}).items()
            },
            "upstream": {str(k + 1): bool(f.enabled) for k, f in s.get("key-on-air", {}).get(0, {}).items()},
            "black": bool(black.done),
            "names": each("input-properties", lambda field: field.name),
            "tally": {
                str(source): program + 2 * preview
                for source, (program, preview) in s["tally-source"].tally.items()
                if program or preview
            },
            "audio": self.audio(),
            "macros": {
                str(key): plain(field.name) for key, field in s["macro-properties"].items() if field.is_used
            },
        }

    def audio(self):
        """Level in 0.01 dB, mix option, balance, by input, or by input and source."""
        s = self.state()
        levels = {}
        for strip in s.get("audio-input", {}).values():
            gain = round(2000 * math.log10(strip.volume / 32768)) if strip.volume else None
            levels[str(strip.index)] = [gain, strip.state, strip.balance]
        for strip in s.get("fairlight-strip-properties", {}).values():
            source = -256 + strip.subchannel if strip.is_split == 0xFF else -65280
            level = strip.volume if strip.volume > -10000 else None
            levels[f"{strip.index}/{source}"] = [level, {1: 0, 2: 1, 4: 2}[strip.state], strip.pan]
        return levels

    def buses(self):
        s = self.state()
        return s["program-bus-input"][0].source, s["preview-bus-input"][0].source


class PyatemClient(MixerState):
    def __init__(self, address):
        from pyatem.protocol import AtemProtocol

        self.protocol = AtemProtocol(address)
        self.connected = False
        self.protocol.on("connected", self.up)
        self.protocol.connect()
        threading.Thread(target=self.loop, daemon=True).start()
        until(lambda: self.connected, PATIENCE)

    def up(self):
        self.connected = True

    def loop(self):
        while True:
            self.protocol.loop()

    def state(self):
        return self.protocol.mixerstate

    def program(self, source):
        from pyatem.command import ProgramInputCommand

        self.protocol.send_commands([ProgramInputCommand(index=0, source=source)])

    def preview(self, source):
        from pyatem.command import PreviewInputCommand

        self.protocol.send_commands([PreviewInputCommand(index=0, source=source)])

    def cut(self):
        from pyatem.command import CutCommand

        self.protocol.send_commands([CutCommand(index=0)])

    def close(self):
        pass


class AtemwireClient(MixerState):
    def __init__(self, address):
        import atemwire

        self.atem = atemwire.ATEM(address)
        self.connected = self.atem.connected

    def state(self):
        return self.atem._conn.mixerstate

    def program(self, source):
        self.atem.set_program(source)

    def preview(self, source):
        self.atem.set_preview(source)

    def cut(self):
        self.atem.cut()

    def close(self):
        self.atem.close()


def plain(name):
    return name.decode() if isinstance(name, bytes) else name


def drive(name, address, ours):
    """What one client reads and whether its commands come back to it as state."""
    kind = {"PyATEMMax": PyATEMMaxClient, "pyatem": PyatemClient, "atemwire": AtemwireClient}[name]
    client = kind(address)
    result = {"connected": bool(client.connected)}
    if client.connected:
        result["read"] = client.read(ours)
        client.preview(3)
        client.program(2)
        result["preview and program"] = until(lambda: client.buses() == (2, 3))
        client.cut()
        result["cut"] = until(lambda: client.buses() == (3, 2))
        client.close()
    print("RESULT " + json.dumps(result), flush=True)
    # Their threads do not all end by themselves.
    os._exit(0)


def flat(values, prefix=""):
    for key, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def run(name, emulator, dump, address):
    """One client on one recording."""
    ours = json.loads(subprocess.run([emulator, dump, "--read"], check=True, capture_output=True).stdout)
    server = subprocess.Popen([emulator, dump, "--host", address], stdout=subprocess.PIPE, text=True)
    server.stdout.readline()
    try:
        client = subprocess.run(
            [sys.executable, __file__, "--client", name, address], input=json.dumps(ours), text=True,
            capture_output=True, timeout=3 * PATIENCE)
        lines = [line for line in client.stdout.splitlines() if line.startswith("RESULT ")]
        result = json.loads(lines[-1][7:]) if lines else {}
        if not result.get("connected"):
            result["trace"] = client.stderr
            result["error"] = (client.stderr.strip().splitlines() or ["died"])[-1]
    except subprocess.TimeoutExpired:
        result = {"error": "did not end"}
    finally:
        server.terminate()
        obeyed = [line.split()[1] for line in server.stdout.read().splitlines() if line.startswith("obeyed")]
    theirs = dict(flat(result.get("read", {})))
    same = dict(flat(ours))
    differing = {key: (value, same.get(key)) for key, value in theirs.items() if same.get(key) != value}
    return result, len(theirs), differing, obeyed


def main():
    if sys.argv[1] == "--client":
        return drive(sys.argv[2], sys.argv[3], json.load(sys.stdin))
    emulator, dumps = sys.argv[1], sys.argv[2:]
    failures = passed = 0
    print("| client | recording | connects | values alike | preview and program | cut |")
    print("| --- | --- | --- | --- | --- | --- |")
    pairs = [(client, dump) for client in CLIENTS for dump in dumps]
    # Mostly they wait: some at once, each on an address of its own.
    with ThreadPoolExecutor(4) as pool:
        runs = pool.map(lambda n: run(pairs[n][0], emulator, pairs[n][1], f"127.9.10.{n + 2}"), range(len(pairs)))
        for (client, dump), (result, count, differing, obeyed) in zip(pairs, runs):
            package = CLIENTS[client]
            good = result.get("cut") and result.get("preview and program") and not differing
            good = good and {"CPgI", "CPvI", "DCut"} <= set(obeyed)
            recording = os.path.basename(dump).removesuffix(".data")
            words, error = KNOWN.get((client, recording), (None, None))
            known = words if error and error in result.get("trace", "") else None
            good = good and count >= MINIMUM[client]
            failures += not good and not known
            passed += bool(good)
            print(
                f"| {client} ({package} {importlib.metadata.version(package)}) "
                f"| {recording} | {'yes' if result.get('connected') else 'no'} "
                f"| {count - len(differing)} of {count} | {'yes' if result.get('preview and program') else 'no'} "
                f"| {'yes' if result.get('cut') else 'no'} |", flush=True)
            if "error" in result:
                print(f"  {known or 'unexpected'}: {result['error']}", file=sys.stderr)
            if result.get("connected") and count < MINIMUM[client]:
                print(f"  it has read {count} values only", file=sys.stderr)
            for key, (theirs, ours) in sorted(differing.items()):
                print(f"  {key}: {client} reads {theirs!r}, we read {ours!r}", file=sys.stderr)
    # As test-all.sh counts them.
    print(f"Test run with {passed + failures} tests in {len(CLIENTS)} clients {'failed' if failures else 'passed'}")
    sys.exit(1 if failures else 0)


main()
