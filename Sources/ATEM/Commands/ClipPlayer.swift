/// `RCPS`: whether a media player's clip runs.
package struct ClipPlayer: Message {
  package static let name: CommandName = "RCPS"
  package static func size(in version: ProtocolVersion) -> Int { 8 }

  /// Counted from 0.
  package var player: UInt8 = 0
  package var isPlaying = false
  package var isLooping = false
  package var isAtBeginning = false
  package var frame: UInt16 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &player)
    wire.flag(1, &isPlaying)
    wire.flag(2, &isLooping)
    wire.flag(3, &isAtBeginning)
    wire.number(4, &frame)
  }

  /// `SCPS`.
  package struct Change: Message {
    package static let name: CommandName = "SCPS"
    package static func size(in version: ProtocolVersion) -> Int { 8 }

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt8
      package init(rawValue: UInt8) { self.rawValue = rawValue }
      package static let playing = Mask(rawValue: 1)
      package static let looping = Mask(rawValue: 2)
      package static let beginning = Mask(rawValue: 4)
      package static let frame = Mask(rawValue: 8)
    }

    package var mask = Mask()
    package var player: UInt8 = 0
    package var isPlaying = false
    package var isLooping = false
    package var isAtBeginning = false
    package var frame: UInt16 = 0

    package init() {}
    /// - Parameters:
    ///   - fromBeginning: whether it goes back to its first frame; `false` leaves it where it is.
    ///   - looping: whether it begins again when it has ended; `nil` leaves that as it is.
    package init(player: UInt8, playing: Bool, fromBeginning: Bool = false, looping: Bool? = nil) {
      mask = fromBeginning ? [.playing, .beginning] : .playing
      if let looping {
        mask.insert(.looping)
        isLooping = looping
      }
      self.player = player
      isPlaying = playing
      isAtBeginning = fromBeginning
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(1, &player)
      wire.flag(2, &isPlaying)
      wire.flag(3, &isLooping)
      wire.flag(4, &isAtBeginning)
      wire.number(6, &frame)
    }
  }
}
