"""A USB MIDI device made of software on a cable: plugged into the running kernel through vhci_hcd (USB/IP).

The kernel's own snd-usb-audio binds to it, so programs see a real ALSA sequencer client. No usbip tool and no TCP:
one end of a socketpair is handed to vhci_hcd, this process answers the USB requests on the other. Needs root and the
modules vhci_hcd and snd_usb_audio (and snd_seq; snd_seq_midi is pulled in by the driver).
"""
import errno
import socket
import struct
import threading
import time

VHCI = '/sys/devices/platform/vhci_hcd.0'
SPEED_FULL = 2
STRINGS = {1: 'KORG INC.', 2: 'nanoKONTROL2', 3: 'nanoKONTROL2 _ CTRL', 4: 'EXT0', 5: 'nanoKONTROL2 _ SLIDER/KNOB'}


# ---- Descriptors, as dumped from the device -------------------------------------------------------------------------

def device_descriptor():
    return struct.pack('<BBHBBBBHHHBBBB', 18, 1, 0x0110, 0, 0, 0, 8, 0x0944, 0x0117, 0x0100, 1, 2, 0, 1)


def config_descriptor():
    """One configuration, one interface: MIDI streaming, no audio control; bulk OUT 2, bulk IN 1."""
    embedded, external = 1, 2

    def jack_in(kind, jack, name):
        return struct.pack('<6B', 6, 0x24, 2, kind, jack, name)

    def jack_out(kind, jack, source, name):
        return struct.pack('<9B', 9, 0x24, 3, kind, jack, 1, source, 1, name)

    def endpoint(address, jack):
        return struct.pack('<BBBBHBBB', 9, 5, address, 2, 64, 0, 0, 0) + struct.pack('<5B', 5, 0x25, 1, 1, jack)

    jacks = (jack_in(embedded, 0x10, 3) + jack_out(external, 0x40, 0x10, 4)
             + jack_out(embedded, 0x30, 0x20, 5) + jack_in(external, 0x20, 4))
    body = (struct.pack('<9B', 9, 4, 0, 0, 2, 1, 3, 0, 0)
            + struct.pack('<BBBHH', 7, 0x24, 1, 0x0100, 7 + len(jacks)) + jacks
            + endpoint(0x02, 0x10) + endpoint(0x81, 0x30))
    return struct.pack('<BBHBBBBB', 9, 2, 9 + len(body), 1, 1, 0, 0x80, 50) + body


def string_descriptor(index):
    if index == 0:
        return struct.pack('<BBH', 4, 3, 0x0409)
    if index not in STRINGS:
        return None
    text = STRINGS[index].encode('utf-16-le')
    return bytes([len(text) + 2, 3]) + text


# ---- USB-MIDI packets of four bytes <-> MIDI messages ---------------------------------------------------------------

LENGTH_BY_CODE = {0x2: 2, 0x3: 3, 0x4: 3, 0x5: 1, 0x6: 2, 0x7: 3, 0x8: 3, 0x9: 3, 0xA: 3, 0xB: 3, 0xC: 2, 0xD: 2,
                  0xE: 3, 0xF: 1}


def to_packets(message):
    """One whole MIDI message, on cable 0."""
    if message[0] != 0xF0:
        if message[0] < 0xF0:
            code = message[0] >> 4
        else:
            code = {1: 5 if message[0] < 0xF8 else 0xF, 2: 2, 3: 3}[len(message)]
        return bytes([code]) + message.ljust(3, b'\0')
    packets = b''
    for start in range(0, len(message), 3):
        part = message[start:start + 3]
        last = start + 3 >= len(message)
        packets += bytes([4 + len(part) if last else 4]) + part.ljust(3, b'\0')
    return packets


class FromPackets:
    """Joins packets to whole MIDI messages."""

    def __init__(self):
        self.exclusive = b''

    def feed(self, data):
        for start in range(0, len(data) - 3, 4):
            code = data[start] & 15
            if code not in LENGTH_BY_CODE:
                continue
            part = data[start + 1:start + 1 + LENGTH_BY_CODE[code]]
            if code not in (4, 5, 6, 7) or not (self.exclusive or part[0] == 0xF0):
                yield part
                continue
            self.exclusive += part
            if code != 4:
                yield self.exclusive
                self.exclusive = b''


# ---- The device on its cable ----------------------------------------------------------------------------------------

class Cable:
    """`on_midi(bytes)` is called for each message that the host sends, `on_event(str)` when something happens; both
    on the cable's thread."""

    def __init__(self, on_midi, on_event):
        self.on_midi = on_midi
        self.on_event = on_event
        self.socket = None
        self.thread = None
        self.lock = threading.Lock()

    def plug(self):
        if self.socket:
            return
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self.pending = []       # requests for data from the device: (sequence number, length)
        self.outgoing = b''     # packets that no request has taken yet
        self.parser = FromPackets()
        self._attach(theirs)
        theirs.close()          # the kernel holds its own reference
        self.socket = ours
        self.thread = threading.Thread(target=self._serve, args=(ours,), daemon=True)
        self.thread.start()
        self.on_event('PLUGGED')

    @staticmethod
    def _attach(end):
        for _ in range(40):
            try:
                with open(VHCI + '/attach', 'w') as attach:
                    attach.write('%d %d %d %d' % (free_port(), end.fileno(), 0x10001, SPEED_FULL))
                return
            except OSError as error:        # the port stays busy for a moment after an unplug
                if error.errno != errno.EBUSY:
                    raise
                time.sleep(0.05)
        raise RuntimeError('the port of vhci_hcd stayed busy for 2 s')

    def unplug(self):
        """The kernel sees the link close and removes the device."""
        if not self.socket:
            return
        with self.lock:
            ours, self.socket = self.socket, None
        try:
            ours.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        ours.close()
        self.thread.join(2)
        self.on_event('UNPLUGGED')

    def send(self, *messages):
        """From the device to the host."""
        with self.lock:
            if self.socket:
                self.outgoing += b''.join(to_packets(bytes(message)) for message in messages)
                self._pump()

    def _pump(self):
        """With the lock held: as many packets as there are requests for."""
        while self.pending and self.outgoing:
            sequence, length = self.pending.pop(0)
            size = min(length, 64) & ~3
            data, self.outgoing = self.outgoing[:size], self.outgoing[size:]
            self._answer(sequence, 0, data)

    def _answer(self, sequence, status, data=b'', size=None):
        self.socket.sendall(struct.pack('>5IiIIII8x', 3, sequence, 0, 0, 0, status,
                                        len(data) if size is None else size, 0, 0, 0) + data)

    def _serve(self, ours):
        stream = ours.makefile('rb')
        try:
            while len(header := stream.read(48)) == 48:
                command, sequence, _device, inward, endpoint = struct.unpack('>5I', header[:20])
                if command == 1:
                    length, = struct.unpack('>I', header[24:28])
                    data = b'' if inward else stream.read(length)
                    with self.lock:
                        self._submit(sequence, inward, endpoint, length, header[40:48])
                    if endpoint and not inward:
                        for message in self.parser.feed(data):
                            self.on_midi(message)
                elif command == 2:
                    with self.lock:
                        self._unlink(sequence, struct.unpack('>I', header[20:24])[0])
        except (OSError, AttributeError):       # unplugged: the socket is closed, or gone
            pass

    def _submit(self, sequence, inward, endpoint, length, setup):
        if endpoint == 0:
            self._control(sequence, setup, length, inward)
        elif inward:
            self.pending.append((sequence, length))
            self._pump()
        else:
            self._answer(sequence, 0, size=length)

    def _unlink(self, sequence, target):
        kept = [request for request in self.pending if request[0] != target]
        status = -errno.ECONNRESET if len(kept) < len(self.pending) else 0
        self.pending = kept
        self.socket.sendall(struct.pack('>5Ii24x', 4, sequence, 0, 0, 0, status))

    def _control(self, sequence, setup, length, inward):
        kind, request, value, _index, wanted = struct.unpack('<BBHHH', setup)
        answer = None
        if kind == 0x80 and request == 6:                               # GET_DESCRIPTOR
            descriptor, index = value >> 8, value & 255
            if descriptor == 1:
                answer = device_descriptor()
            elif descriptor == 2:
                answer = config_descriptor()
            elif descriptor == 3:
                answer = string_descriptor(index)
        elif request == 0 and kind & 0x80:                              # GET_STATUS
            answer = b'\0\0'
        elif kind == 0x80 and request == 8:                             # GET_CONFIGURATION
            answer = b'\1'
        elif kind == 0x81 and request == 10:                            # GET_INTERFACE
            answer = b'\0'
        elif not kind & 0xE0:                                           # SET_..., CLEAR_FEATURE
            answer = b''
        if kind == 0 and request == 9:
            self.on_event('CONFIGURED')
        if answer is None:
            self._answer(sequence, -errno.EPIPE)                        # stall
        elif inward:
            self._answer(sequence, 0, answer[:min(wanted, length)])
        else:
            self._answer(sequence, 0, size=length)


def free_port():
    with open(VHCI + '/status') as status:
        for line in status:
            words = line.split()
            if words[0] == 'hs' and words[2] == '004':                  # VDEV_ST_NULL
                return int(words[1])
    raise RuntimeError('no free port at vhci_hcd')
