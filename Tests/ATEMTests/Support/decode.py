#!/usr/bin/env python3
"""Reads a recorded ATEM state without anything of the product: `decode.py FILE` prints what it says as JSON.

It goes by the protocol's tables alone (docs/atem.md), so that the product's own decoder has something to agree with.
"""
import json
import math
import struct
import sys


def text(raw):
    return raw.split(b"\0")[0].decode("utf-8", "replace")


def commands(path):
    for line in open(path):
        packet = bytes.fromhex(line.strip())
        while packet:
            length, _, name = struct.unpack(">HH4s", packet[:8])
            yield name.decode(), packet[8:length]
            packet = packet[length:]


def hundredths(level):
    return None if level == -math.inf else round(level * 100)


out = {
    "version": None, "product": None, "videoMode": None, "names": {}, "program": {}, "preview": {}, "style": None,
    "rates": {}, "upstream": {}, "downstream": {}, "keyFills": {}, "auxiliaries": {}, "tally": {}, "black": None,
    "audio": {}, "master": None, "macros": {}, "stills": {}, "clips": {}, "ties": {}, "selection": None, "players": {}, "recording": None, "streaming": None,
}
minor = 0
for name, b in commands(sys.argv[1]):
    if name == "_ver":
        major, minor = struct.unpack(">HH", b[:4])
        out["version"] = f"{major}.{minor}"
    elif name == "_pin":
        out["product"] = text(b[:40])
    elif name == "VidM":
        out["videoMode"] = b[0]
    elif name == "InPr":
        out["names"][str(struct.unpack(">H", b[:2])[0])] = text(b[2:22])
    elif name == "PrgI":
        out["program"][str(b[0])] = struct.unpack(">xxH", b[:4])[0]
    elif name == "PrvI":
        out["preview"][str(b[0])] = struct.unpack(">xxH", b[:4])[0]
    elif name == "TrSS" and b[0] == 0:
        out["style"], out["selection"] = b[3], b[4]
    elif name in ("TMxP", "TDpP", "TWpP", "TDvP") and b[0] == 0:
        out["rates"][str(["TMxP", "TDpP", "TWpP", "TDvP"].index(name))] = b[1]
    elif name == "KeOn" and b[0] == 0:
        out["upstream"][str(b[1] + 1)] = b[2] != 0
    elif name == "KeBP" and b[0] == 0:
        out["keyFills"][f"key {b[1] + 1}"] = list(struct.unpack(">HH", b[6:10]))
    elif name == "DskS":
        out["downstream"][str(b[0] + 1)] = b[1] != 0
    elif name == "DskB":
        out["keyFills"][f"downstream key {b[0] + 1}"] = list(struct.unpack(">HH", b[2:6]))
    elif name == "AuxS":
        out["auxiliaries"][str(b[0])] = struct.unpack(">H", b[2:4])[0]
    elif name == "TlSr":
        for index in range(struct.unpack(">H", b[:2])[0]):
            source, flags = struct.unpack(">HB", b[2 + 3 * index:5 + 3 * index])
            if flags:
                out["tally"][str(source)] = flags
    elif name == "FtbS" and b[0] == 0:
        out["black"] = b[1] != 0
    elif name == "AMIP":
        source, gain, balance = struct.unpack(">H8xHh", b[:14])
        level = 20 * math.log10(gain / 32768) if gain else -math.inf
        out["audio"][str(source)] = [hundredths(level), b[8], balance]
    elif name == "AMMO":
        gain = struct.unpack(">H", b[:2])[0]
        out["master"] = hundredths(20 * math.log10(gain / 32768) if gain else -math.inf)
    elif name == "FASP":
        source, half = struct.unpack(">H6xq", b[:16])
        balance, fader = struct.unpack(">h2xi", b[40:48])
        option = {1: 0, 2: 1, 4: 2}[b[49]]
        out["audio"][f"{source}/{half}"] = [None if fader <= -10000 else fader, option, balance]
    elif name == "FAMP":
        fader = struct.unpack(">i", b[12:16])[0]
        out["master"] = None if fader <= -10000 else fader
    elif name == "MPrp" and b[2]:
        index, length = struct.unpack(">HxxH", b[:6])
        out["macros"][str(index)] = b[8:8 + length].decode()
    elif name == "MPfe" and b[0] == 0:
        out["stills"][str(struct.unpack(">H", b[2:4])[0])] = text(b[24:24 + b[23]]) if b[4] else ""
    elif name == "MPCS":
        out["clips"][str(b[0])] = text(b[2:66]) if b[1] else ""
    elif name == "DskP":
        out["ties"][f"downstream key {b[0] + 1}"] = b[1] != 0
    elif name == "MPCE":
        out["players"][str(b[0])] = list(b[1:4])
    elif name == "RTMS":
        out["recording"] = struct.unpack(">H", b[:2])[0] & 1 != 0
    elif name == "StRS":
        out["streaming"] = struct.unpack(">H", b[:2])[0] & 4 != 0

json.dump(out, sys.stdout, sort_keys=True)
