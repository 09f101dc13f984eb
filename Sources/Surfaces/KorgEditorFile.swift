/// A `.nktrl2_data` file of Korg's editor.
///
/// Its layout is published nowhere and is not known here. What is known is the scene that it must hold (nanoKONTROL2
/// MIDI Implementation 1.00), so that is looked for: as the device keeps it, or packed as it travels. What is found is
/// taken only if every byte of it makes sense and there is nothing else that does.
public enum KorgEditorFile {
  private static let packedCount = 388

  /// The scene of a file; `nil` where there is none, or more than one that differ.
  public static func scene(in bytes: [UInt8]) -> KorgNanoKontrol2Scene? {
    var found: Set<KorgNanoKontrol2Scene> = []
    for start in bytes.indices {
      let plain = bytes[start...].prefix(KorgNanoKontrol2Scene.byteCount)
      if let scene = sensible(Array(plain)) { found.insert(scene) }
      let packed = bytes[start...].prefix(packedCount)
      if packed.count == packedCount, packed.allSatisfy({ $0 < 0x80 }),
        let scene = sensible(KorgSevenBit.unpack(packed))
      {
        found.insert(scene)
      }
    }
    return found.count == 1 ? found.first : nil
  }

  private static func sensible(_ bytes: [UInt8]) -> KorgNanoKontrol2Scene? {
    guard let scene = KorgNanoKontrol2Scene(bytes: bytes) else { return nil }
    let channels = stride(from: 3, through: 251, by: 31)
    let controls =
      channels.dropLast().flatMap { stride(from: $0 + 1, to: $0 + 31, by: 6) } + stride(from: 252, to: 318, by: 6)
    let isSound =
      channels.allSatisfy { bytes[$0] <= 16 }
      && controls.allSatisfy { at in
        bytes[at] <= 2 && bytes[at + 1] <= 1 && bytes[at + 2...at + 4].allSatisfy { $0 < 0x80 }
      }
    let numbers = Set(scene.assignments.filter { $0.kind != .nothing }.map(\.number))
    return isSound && numbers.count >= 8 ? scene : nil
  }

  /// The names that `Mappings/korg-nanokontrol2` gives the controls, in the order of a scene.
  public static let controls: [String] =
    (1...8).flatMap { strip in ["slider", "knob", "solo", "mute", "rec"].map { "\($0)-\(strip)" } } + [
      "track-left", "track-right", "cycle", "marker-set", "marker-left", "marker-right", "rewind", "forward", "stop",
      "play", "record",
    ]
}
