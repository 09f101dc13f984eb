package import Switching

/// What a source of the audio mixer is, on either generation of mixers.
package struct AudioSourceID: Hashable, Sendable {
  package var input: UInt16
  /// On a Fairlight mixer: the whole input or half of it.
  package var source: Int64?

  package init(input: UInt16, source: Int64? = nil) {
    self.input = input
    self.source = source
  }

  /// The halves of an input that is split in two, seen in recorded states.
  package static let left: Int64 = -256
  package static let right: Int64 = -255
}

package struct AudioSource: Hashable, Sendable {
  package var level: Decibels
  package var option: MixOption
  /// -10,000 to 10,000.
  package var balance: Int16
  /// Some inputs can only follow the picture.
  package var supportsOn = true

  /// No mixer has a mute: what is not mixed is mute.
  package var isMuted: Bool { option == .off }
}

/// What can be asked of a source of the audio mixer.
package enum AudioWish: Hashable, Sendable {
  case level(Decibels)
  case option(MixOption)
  case balance(Int16)
}

/// When a source of the audio mixer is heard.
package enum MixOption: Hashable, Sendable {
  case off, on, audioFollowsVideo

  package enum Classic: UInt8, Hashable, Sendable { case off, on, audioFollowsVideo }

  package enum Fairlight: UInt8, Hashable, Sendable {
    case off = 1
    case on = 2
    case audioFollowsVideo = 4
  }

  package struct FairlightSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let on = FairlightSet(rawValue: 2)
  }

  package init(_ option: Classic) {
    switch option {
    case .off: self = .off
    case .on: self = .on
    case .audioFollowsVideo: self = .audioFollowsVideo
    }
  }

  package init(_ option: Fairlight) {
    switch option {
    case .off: self = .off
    case .on: self = .on
    case .audioFollowsVideo: self = .audioFollowsVideo
    }
  }

  package var classic: Classic {
    switch self {
    case .off: .off
    case .on: .on
    case .audioFollowsVideo: .audioFollowsVideo
    }
  }

  package var fairlight: Fairlight {
    switch self {
    case .off: .off
    case .on: .on
    case .audioFollowsVideo: .audioFollowsVideo
    }
  }
}
