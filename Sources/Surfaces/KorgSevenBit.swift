/// Korg's way to send 8-bit data in system exclusive: seven bytes become eight, the first of which holds their top
/// bits, the first byte's lowest. The last group may be short. (nanoKONTROL2 MIDI Implementation 1.00.)
enum KorgSevenBit {
  static func pack(_ data: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = []
    packed.reserveCapacity(data.count + data.count / 7 + 1)
    for start in stride(from: 0, to: data.count, by: 7) {
      let group = data[start..<min(start + 7, data.count)]
      packed.append(group.reversed().reduce(0) { top, byte in top << 1 | byte >> 7 })
      packed += group.lazy.map { $0 & 0x7F }
    }
    return packed
  }

  static func unpack(_ packed: some RandomAccessCollection<UInt8>) -> [UInt8] {
    var data: [UInt8] = []
    data.reserveCapacity(packed.count)
    var top: UInt8 = 0
    for (index, byte) in packed.enumerated() {
      if index % 8 == 0 {
        top = byte
      } else {
        data.append(byte & 0x7F | top << 7)
        top >>= 1
      }
    }
    return data
  }
}
