/// A `.nktrl2_data` file of Korg's editor: two headers of 32 bytes, then the scene as the device keeps it.
///
/// Korg publishes no description. The layout is put together of three public facts: the first 64 bytes, which Wikidata's
/// item Q105866965 gives as the format's signature; the 403 bytes of such a file, which are 64 and the 339 of a scene
/// (nanoKONTROL2 MIDI Implementation 1.00); and the length 339 in the headers themselves.
public enum KorgEditorFile {
  private static let headerCount = 32

  /// The scene of a file; `nil` where it is no such file, or a byte of its scene makes no sense.
  public static func scene(in bytes: [UInt8]) -> KorgNanoKontrol2Scene? {
    let data = bytes.dropFirst(headerCount)
    guard bytes.starts(with: "0840ScnS".utf8), data.starts(with: "0840ScnD".utf8),
      data.count >= headerCount + KorgNanoKontrol2Scene.byteCount, length(in: data) == KorgNanoKontrol2Scene.byteCount
    else { return nil }
    return sensible(Array(data.dropFirst(headerCount).prefix(KorgNanoKontrol2Scene.byteCount)))
  }

  /// How much follows a header: four bytes, the lowest first, after its name and its own length.
  private static func length(in header: ArraySlice<UInt8>) -> Int {
    header.dropFirst(10).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
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
    return isSound ? scene : nil
  }

  /// The names that `Mappings/korg-nanokontrol2` gives the controls, in the order of a scene.
  public static let controls: [String] =
    (1...8).flatMap { strip in ["slider", "knob", "solo", "mute", "rec"].map { "\($0)-\(strip)" } } + [
      "track-left", "track-right", "cycle", "marker-set", "marker-left", "marker-right", "rewind", "forward", "stop",
      "play", "record",
    ]
}
