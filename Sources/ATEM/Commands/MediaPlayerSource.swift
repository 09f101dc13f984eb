package import Switching

/// `MPCE`: what a media player shows.
package struct MediaPlayerSource: StateMessage {
  package static let name: CommandName = "MPCE"

  package enum Kind: UInt8, Hashable, Sendable { case none, still, clip }

  /// Counted from 0.
  package var player: UInt8 = 0
  package var kind = Kind.still
  /// Counted from 0.
  package var still: UInt8 = 0
  package var clip: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &player)
    wire.choice(1, &kind)
    wire.number(2, &still)
    wire.number(3, &clip)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.players[player] = self
    return []
  }

  /// `MPSS`.
  package struct Change: Message {
    package static let name: CommandName = "MPSS"
    package static func size(in version: ProtocolVersion) -> Int { 8 }

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt8
      package init(rawValue: UInt8) { self.rawValue = rawValue }
      package static let kind = Mask(rawValue: 1)
      package static let still = Mask(rawValue: 2)
      package static let clip = Mask(rawValue: 4)
    }

    package var mask = Mask()
    package var player: UInt8 = 0
    package var kind = Kind.none
    package var still: UInt8 = 0
    package var clip: UInt8 = 0

    package init() {}
    package init(player: UInt8, still: UInt8) {
      mask = [.kind, .still]
      self.player = player
      kind = .still
      self.still = still
    }
    package init(player: UInt8, clip: UInt8) {
      mask = [.kind, .clip]
      self.player = player
      kind = .clip
      self.clip = clip
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(1, &player)
      wire.choice(2, &kind)
      wire.number(3, &still)
      wire.number(4, &clip)
    }
  }
}
