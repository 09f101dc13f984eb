import MIDI
import Surfaces

/// The current scene dump of a nanoKONTROL2 as it leaves the factory: channel 1, LED mode Internal. Two raw dumps of
/// different origin, one received from a device of firmware 1.03, are the same to the byte.
let factoryDump: [UInt8] = {
  let text = """
    F0 42 40 00 01 13 00 7F 7F 02 03 05 40 00 00 00
    00 10 01 00 00 00 00 7F 00 01 00 10 00 00 7F 00
    01 00 20 00 7F 00 00 01 00 30 00 7F 00 00 01 00
    40 00 7F 00 10 00 01 00 01 00 7F 00 01 00 00 11
    00 7F 00 01 00 00 21 00 7F 00 01 00 31 00 00 7F
    00 01 00 41 00 00 7F 00 10 01 00 02 00 00 7F 00
    01 00 12 00 7F 00 00 01 00 22 00 7F 00 00 01 00
    32 00 7F 00 01 00 00 42 00 7F 00 10 01 00 00 03
    00 7F 00 01 00 00 13 00 7F 00 01 00 23 00 00 7F
    00 01 00 33 00 00 7F 00 01 00 43 00 7F 00 00 10
    01 00 04 00 7F 00 00 01 00 14 00 7F 00 00 01 00
    24 00 7F 00 01 00 00 34 00 7F 00 01 00 00 44 00
    7F 00 10 01 00 00 05 00 7F 00 01 00 15 00 00 7F
    00 01 00 25 00 00 7F 00 01 00 35 00 7F 00 00 01
    00 45 00 7F 00 00 10 01 00 06 00 7F 00 00 01 00
    16 00 7F 00 01 00 00 26 00 7F 00 01 00 00 36 00
    7F 00 01 00 46 00 00 7F 00 10 01 00 07 00 00 7F
    00 01 00 17 00 00 7F 00 01 00 27 00 7F 00 00 01
    00 37 00 7F 00 00 01 00 47 00 7F 00 10 00 01 00
    3A 00 7F 00 01 00 00 3B 00 7F 00 01 00 00 2E 00
    7F 00 01 00 3C 00 00 7F 00 01 00 3D 00 00 7F 00
    01 00 3E 00 7F 00 00 01 00 2B 00 7F 00 00 01 00
    2C 00 7F 00 01 00 00 2A 00 7F 00 01 00 00 29 00
    7F 00 01 00 2D 00 00 7F 00 7F 7F 7F 7F 00 7F 00
    00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    00 F7
    """
  return text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
}()

/// The same device's identity reply: channel 1, version 1.03.
let identityReply: [UInt8] = [0xF0, 0x7E, 0, 6, 2, 0x42, 0x13, 1, 0, 0, 3, 0, 1, 0, 0xF7]

/// The factory scene's 51 controls, by the rule that its bytes follow.
let nanoKontrol2: Surface = {
  var controls: [Control] = []
  func add(_ label: String, _ kind: Control.Kind, _ controller: Int, light: Bool = false) {
    controls.append(
      Control(name: label, label: label, kind: kind, controller: UInt7(clamping: controller), hasLight: light))
  }
  for strip in 0..<8 {
    add("slider \(strip + 1)", .slider, strip)
    add("knob \(strip + 1)", .knob, 16 + strip)
    for (letter, first) in [("S", 32), ("M", 48), ("R", 64)] {
      add("\(letter) \(strip + 1)", .button, first + strip, light: true)
    }
  }
  for (label, controller) in [("TRACK <", 58), ("TRACK >", 59)] { add(label, .button, controller) }
  add("CYCLE", .button, 46, light: true)
  for (label, controller) in [("MARKER SET", 60), ("MARKER <", 61), ("MARKER >", 62)] {
    add(label, .button, controller)
  }
  for (label, controller) in [("REW", 43), ("FF", 44), ("STOP", 42), ("PLAY", 41), ("REC", 45)] {
    add(label, .button, controller, light: true)
  }
  return Surface(
    name: "korg-nanokontrol2", title: "Korg nanoKONTROL2", clientName: "nanoKONTROL2", handshake: .korgNanoKontrol2,
    controls: controls)
}()
