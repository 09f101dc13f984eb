import Glibc

/// A cheap look at a media file: whether it begins, and ends, as its kind does. Nothing is decoded.
///
/// Signatures: PNG (ISO 15948, 5.2), JPEG (ITU T.81, B.1), GIF89a, RIFF (Microsoft, 1991), ISO base media (ISO
/// 14496-12, 4.2), Matroska (RFC 8794), Ogg (RFC 3533), FLAC (RFC 9639), MPEG audio (ISO 11172-3, 2.4.1.3), MPEG
/// transport stream (ISO 13818-1, 2.4.3.2).
struct MediaHeader {
  private let file: Int32
  private let size: Int
  private let head: [UInt8]

  /// What is wrong with an open file, in words; `nil` where nothing is seen to be.
  static func complaint(about file: Int32, size: Int, kind: MediaKind) -> String? {
    guard size > 0 else { return "the file is empty" }
    return MediaHeader(file: file, size: size).complaint(kind)
  }

  private init(file: Int32, size: Int) {
    self.file = file
    self.size = size
    head = Self.read(file, at: 0, count: 16)
  }

  private static func read(_ file: Int32, at offset: Int, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in  // filled by pread, as far as it says
      filled = max(0, pread(file, buffer.baseAddress, count, off_t(offset)))
    }
  }

  private func complaint(_ kind: MediaKind) -> String? {
    let isFilmOrSound = kind != .image
    if begins(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) { return only(kind == .image, png) }
    if begins("GIF8") { return only(kind == .image, tail(1) == [0x3B] ? nil : "the GIF has no end") }
    if begins("RIFF") { return riff(kind) }
    if head.count >= 8, Self.boxes.contains(word(at: 4)) { return only(isFilmOrSound, boxes) }
    if begins(0xFF, 0xD8, 0xFF) { return only(kind == .image, hasEndOfImage ? nil : "the JPEG has no end") }
    if begins("BM") || begins("8BPS") { return only(kind == .image) }
    if begins("RF64") || begins("OggS") || begins("fLaC") || begins("FLV") || begins(0x1A, 0x45, 0xDF, 0xA3)
      || begins("ID3")
    {
      return only(isFilmOrSound)
    }
    switch kind {
    // A TGA has no signature: ask only that there is something.
    case .image: return head.allSatisfy { $0 == 0 } || !isTarga ? Self.stranger : nil
    case .audio: return isSynchronized ? nil : Self.stranger
    case .video:
      return begins(0x47) || begins(0, 0, 1, 0xBA) || begins(0, 0, 1, 0xB3) || begins(6, 0x0E, 0x2B, 0x34)
        ? nil : Self.stranger
    }
  }

  /// What is wrong with a file that is of the kind its name says, or that it is not.
  private func only(_ isKind: Bool, _ complaint: @autoclosure () -> String? = nil) -> String? {
    isKind ? complaint() : Self.stranger
  }

  private static let stranger = "what is in the file is not what its name says"

  private func begins(_ bytes: UInt8...) -> Bool { head.starts(with: bytes) }
  private func begins(_ text: String) -> Bool { head.starts(with: text.utf8) }
  private func word(at place: Int) -> String { String(decoding: head[place..<place + 4], as: UTF8.self) }
  private func tail(_ count: Int) -> [UInt8] { Self.read(file, at: max(0, size - count), count: count) }

  /// A JPEG ends in FF D9; some cameras add a little behind it.
  private var hasEndOfImage: Bool {
    let tail = tail(4096)
    return zip(tail, tail.dropFirst()).contains { $0 == 0xFF && $1 == 0xD9 }
  }

  /// The last chunk with its checksum; what programs write behind it is nothing to OBS.
  private var png: String? {
    let end = Array("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82]
    if tail(8) == end { return nil }
    let tail = tail(1 << 16)
    return tail.indices.dropLast(7).contains { tail[$0] == end[0] && tail[$0..<$0 + 8].elementsEqual(end) }
      ? nil : "the PNG has no end"
  }

  /// The sync word of MPEG audio or ADTS.
  private var isSynchronized: Bool { head.count >= 2 && head[0] == 0xFF && head[1] & 0xE0 == 0xE0 }

  /// Truevision TGA 2.0: colour map type 0 or 1, image type 1 to 3 or 9 to 11.
  private var isTarga: Bool { head.count >= 3 && head[1] <= 1 && [1, 2, 3, 9, 10, 11].contains(head[2]) }

  /// A chunk that says how long the whole is.
  private func riff(_ kind: MediaKind) -> String? {
    let forms = kind == .image ? ["WEBP"] : ["WAVE", "AVI "]
    guard head.count >= 12, forms.contains(word(at: 8)) else { return Self.stranger }
    let length = head[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    // Programs that cannot seek back leave 0 or the largest number there.
    guard length > 0, length < 0xFFFF_0000 else { return nil }
    return length + 8 > size + 1 ? "the end is missing: \(length + 8) bytes are announced, \(size) are there" : nil
  }

  private static let boxes: Set<String> = ["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"]

  /// A file of boxes, each with its length: they must fill it, and one must be the table of contents.
  private var boxes: String? {
    var offset = 0
    for _ in 0..<64 where offset < size {
      let box = Self.read(file, at: offset, count: 16)
      guard box.count >= 8 else { return "the end is missing" }
      var length = box[0..<4].reduce(0) { $0 << 8 | Int($1) }
      if length == 1, box.count == 16 { length = Int(clamping: box[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) }
      let name = String(decoding: box[4..<8], as: UTF8.self)
      if name == "moov" || name == "moof" { return length > size - offset ? "the end is missing" : nil }
      if length == 0 { break }
      guard length >= 8, length <= size - offset else { return "the end is missing" }
      offset += length
    }
    return "the film has no table of contents (moov): it was not written to its end"
  }
}
