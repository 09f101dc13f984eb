import ATEM
import Switching

/// Builds the product's message from the meaning that a row gives.
struct VectorReading: Sendable {
  let name: CommandName
  let type: any Message.Type
  let message: @Sendable (Vector.Fields) -> any Message

  init<Read: Message>(_ type: Read.Type, _ fill: @escaping @Sendable (inout Read, Vector.Fields) -> Void) {
    name = Read.name
    self.type = type
    message = { fields in
      var message = Read()
      fill(&message, fields)
      return message
    }
  }

  static let all: [String: VectorReading] = {
    let all = identity + mixEffect + keys + media + audio
    return Dictionary(uniqueKeysWithValues: all.map { ("\($0.name)", $0) })
  }()

  @Sendable private static func bus<Read: BusMessage>(_ message: inout Read, _ row: Vector.Fields) {
    message.mixEffect = row.number("Index")
    message.source = row.number("Source")
  }

  @Sendable private static func rate<Read: RateMessage>(_ message: inout Read, _ row: Vector.Fields) {
    message.mixEffect = row.number("Index")
    message.rate = row.number("Rate")
  }

  @Sendable private static func rateAmongSettings<Read: RateAmongSettings>(
    _ message: inout Read, _ row: Vector.Fields
  ) {
    rate(&message, row)
    message.mask = row.number("Mask")
  }

  private static let identity: [VectorReading] = [
    VectorReading(Version.self) { message, row in
      let packed: UInt32 = row.number("ProtocolVersion")
      message.version = ProtocolVersion(UInt16(packed >> 16), UInt16(packed & 0xFFFF))
    },
    VectorReading(Product.self) { message, row in
      message.productName = row.text("Name")
      message.model = row.number("Model")
    },
    VectorReading(Topology.self) { message, row in
      message.mixEffects = row.number("MixEffectBlocks")
      message.sources = row.number("VideoSources")
      message.downstreamKeys = row.number("DownstreamKeyers")
      message.auxiliaries = row.number("Auxiliaries")
      message.mediaPlayers = row.number("MediaPlayers")
      message.digitalEffects = row.number("DVE")
      message.stingers = row.number("Stingers")
      message.superSources = row.number("SuperSource")
    },
    VectorReading(VideoMode.self) { $0.mode = $1.number("VideoMode") },
    VectorReading(MediaPoolSize.self) { message, row in
      message.stills = row.number("StillCount")
      message.clips = row.number("ClipCount")
    },
    VectorReading(Warning.self) { $0.text = $1.text("Text") },
    VectorReading(Source.self) { message, row in
      message.id = row.number("Id")
      message.longName = row.text("LongName")
      message.shortName = row.text("ShortName")
      message.kind = row.number("InternalPortType")
      message.availability = row.number("SourceAvailability")
      message.mixEffects = row.number("MeAvailability")
    },
  ]

  private static let mixEffect: [VectorReading] = [
    VectorReading(ProgramInput.self, bus),
    VectorReading(ProgramInput.Change.self, bus),
    VectorReading(PreviewInput.self, bus),
    VectorReading(PreviewInput.Change.self, bus),
    VectorReading(Cut.self) { $0.mixEffect = $1.number("Index") },
    VectorReading(Auto.self) { $0.mixEffect = $1.number("Index") },
    VectorReading(TransitionPosition.self) { message, row in
      message.mixEffect = row.number("Index")
      message.isInTransition = row.flag("InTransition")
      message.remainingFrames = row.number("RemainingFrames")
      message.position = row.number("HandlePosition", scale: 10_000)
    },
    VectorReading(TransitionPosition.Change.self) { message, row in
      message.mixEffect = row.number("Index")
      message.position = row.number("HandlePosition", scale: 10_000)
    },
    VectorReading(TransitionStyle.self) { message, row in
      message.mixEffect = row.number("Index")
      message.style = Style(rawValue: row.number("Style")) ?? .mix
      message.selection = row.number("Selection")
      message.nextStyle = Style(rawValue: row.number("NextStyle")) ?? .mix
      message.nextSelection = row.number("NextSelection")
    },
    VectorReading(TransitionStyle.Change.self) { message, row in
      message.mask = .init(rawValue: row.number("Mask"))
      message.mixEffect = row.number("Index")
      message.nextStyle = Style(rawValue: row.number("NextStyle")) ?? .mix
      message.nextSelection = row.number("NextSelection")
    },
    VectorReading(MixRate.self, rate),
    VectorReading(MixRate.Change.self, rate),
    VectorReading(DipRate.self) { message, row in
      message.mixEffect = row.number("Index")
      message.rate = row.number("Rate")
      message.input = row.number("Input")
    },
    VectorReading(DipRate.Change.self) { message, row in
      message.mask = .init(rawValue: row.number("Mask"))
      message.mixEffect = row.number("Index")
      message.rate = row.number("Rate")
      message.input = row.number("Input")
    },
    VectorReading(WipeRate.self, rate),
    VectorReading(WipeRate.Change.self, rateAmongSettings),
    VectorReading(DigitalEffectRate.self, rate),
    VectorReading(DigitalEffectRate.Change.self, rateAmongSettings),
    VectorReading(FadeToBlack.self) { message, row in
      message.mixEffect = row.number("Index")
      message.isFullyBlack = row.flag("IsFullyBlack")
      message.isInTransition = row.flag("InTransition")
      message.remainingFrames = row.number("RemainingFrames")
    },
    VectorReading(FadeToBlack.Toggle.self) { $0.mixEffect = $1.number("Index") },
    VectorReading(Auxiliary.self) { message, row in
      message.bus = row.number("Id")
      message.source = row.number("Source")
    },
    VectorReading(Auxiliary.Change.self) { message, row in
      message.mask = row.number("Mask")
      message.bus = row.number("Id")
      message.source = row.number("Source")
    },
  ]

  private static let keys: [VectorReading] = [
    VectorReading(UpstreamKey.self) { message, row in
      message.mixEffect = row.number("MixEffectIndex")
      message.key = row.number("KeyerIndex")
      message.isOnAir = row.flag("OnAir")
    },
    VectorReading(UpstreamKey.Change.self) { message, row in
      message.mixEffect = row.number("MixEffectIndex")
      message.key = row.number("KeyerIndex")
      message.isOnAir = row.flag("OnAir")
    },
    VectorReading(UpstreamKeySource.self) { message, row in
      message.mixEffect = row.number("MixEffectIndex")
      message.key = row.number("KeyerIndex")
      message.kind = row.number("KeyType")
      message.fill = row.number("FillSource")
      message.cut = row.number("CutSource")
    },
    VectorReading(DownstreamKey.self) { message, row in
      message.key = row.number("Index")
      message.isOnAir = row.flag("OnAir")
      message.isInTransition = row.flag("InTransition")
      message.isAuto = row.flag("IsAuto")
      message.isTowardsOnAir = row.flag("IsTowardsOnAir")
      message.remainingFrames = row.number("RemainingFrames")
    },
    VectorReading(DownstreamKey.Change.self) { message, row in
      message.key = row.number("Index")
      message.isOnAir = row.flag("OnAir")
    },
    VectorReading(DownstreamKeySource.self) { message, row in
      message.key = row.number("Index")
      message.fill = row.number("FillSource")
      message.cut = row.number("CutSource")
    },
    VectorReading(DownstreamKeyTie.self) { message, row in
      message.key = row.number("Index")
      message.isTied = row.flag("Tie")
    },
  ]

  private static let media: [VectorReading] = [
    VectorReading(MediaPlayerSource.self) { message, row in
      message.player = row.number("Index")
      message.kind = .init(rawValue: row.number("SourceType")) ?? .none
      // The row gives the one that shows.
      if message.kind == .still { message.still = row.number("SourceIndex") }
      if message.kind == .clip { message.clip = row.number("SourceIndex") }
    },
    VectorReading(MediaPlayerSource.Change.self) { message, row in
      message.mask = .init(rawValue: row.number("Mask"))
      message.player = row.number("Index")
      message.kind = .init(rawValue: row.number("SourceType")) ?? .none
      message.still = row.number("StillIndex")
      message.clip = row.number("ClipIndex")
    },
    VectorReading(ClipPlayer.self) { message, row in
      message.player = row.number("Index")
      message.isPlaying = row.flag("Playing")
      message.isLooping = row.flag("Loop")
      message.isAtBeginning = row.flag("AtBeginning")
      message.frame = row.number("ClipFrame")
    },
    VectorReading(ClipPlayer.Change.self) { message, row in
      message.mask = .init(rawValue: row.number("Mask"))
      message.player = row.number("Index")
      message.isPlaying = row.flag("Playing")
      message.isLooping = row.flag("Loop")
      message.isAtBeginning = row.flag("AtBeginning")
      message.frame = row.number("ClipFrame")
    },
    VectorReading(MediaFile.self) { message, row in
      message.bank = row.number("Bank")
      message.slot = row.number("Index")
      message.isUsed = row.flag("IsUsed")
      message.fileName = row.text("Filename")
    },
    VectorReading(MediaClip.self) { message, row in
      message.slot = row.number("Index")
      message.isUsed = row.flag("IsUsed")
      message.title = row.text("Name")
      message.frames = row.number("FrameCount")
    },
    VectorReading(Macro.self) { message, row in
      message.slot = row.number("Index")
      message.isUsed = row.flag("IsUsed")
      message.hasUnsupportedOperations = row.flag("HasUnsupportedOps")
      message.title = row.text("Name")
      message.explanation = row.text("Description")
    },
    VectorReading(MacroAction.self) { message, row in
      message.slot = row.number("Index")
      message.action = .init(rawValue: row.number("Action")) ?? .run
    },
    VectorReading(Recording.self) { message, row in
      let (status, error): (UInt16, UInt16) = (row.number("Status"), row.number("Error"))
      message.status = status | error
    },
    VectorReading(Recording.Change.self) { $0.isOn = $1.flag("IsRecording") },
    VectorReading(Streaming.self) { message, row in
      let (status, error): (UInt16, UInt16) = (row.number("Status"), row.number("Error"))
      message.status = status | error
    },
    VectorReading(Streaming.Change.self) { $0.isOn = $1.flag("IsStreaming") },
  ]

  private static let audio: [VectorReading] = [
    VectorReading(ClassicAudioInput.self) { message, row in
      message.input = row.number("Index")
      message.option = .init(rawValue: row.number("MixOption")) ?? .off
      message.gain = Decibels(row.real("Gain")).classic
      message.balance = row.number("Balance", scale: 200)
    },
    VectorReading(ClassicAudioInput.Change.self) { message, row in
      message.mask = .init(rawValue: row.number("Mask"))
      message.input = row.number("Index")
      message.option = .init(rawValue: row.number("MixOption")) ?? .off
      message.gain = Decibels(row.real("Gain")).classic
      message.balance = row.number("Balance", scale: 200)
    },
    VectorReading(ClassicAudioMaster.self) { message, row in
      message.gain = Decibels(row.real("Gain")).classic
      message.balance = row.number("Balance", scale: 200)
      message.followsFadeToBlack = row.flag("FollowFadeToBlack")
    },
    VectorReading(ClassicAudioMaster.Change.self) { message, row in
      message.mask = .init(rawValue: row.number("Mask"))
      message.gain = Decibels(row.real("Gain")).classic
      message.balance = row.number("Balance", scale: 200)
      message.followsFadeToBlack = row.flag("FollowFadeToBlack")
    },
    VectorReading(FairlightSource.self) { message, row in
      message.input = row.number("Index")
      message.source = row.number("SourceId")
      message.gain = row.number("Gain", scale: 100)
      message.balance = row.number("Balance", scale: 100)
      message.fader = row.number("FaderGain", scale: 100)
      message.supportedOptions = .init(rawValue: row.number("SupportedMixOptions"))
      message.option = .init(rawValue: row.number("MixOption")) ?? .off
    },
    VectorReading(FairlightSource.Change.self) { message, row in
      message.mask = .init(rawValue: row.number("Mask"))
      message.input = row.number("Index")
      message.source = row.number("SourceId")
      message.gain = row.number("Gain", scale: 100)
      message.balance = row.number("Balance", scale: 100)
      message.fader = row.number("FaderGain", scale: 100)
      message.option = .init(rawValue: row.number("MixOption")) ?? .off
    },
    VectorReading(FairlightSource.Gone.self) { message, row in
      message.input = row.number("Index")
      message.source = row.number("SourceId")
    },
    VectorReading(FairlightMaster.self) { message, row in
      message.fader = row.number("Gain", scale: 100)
      message.followsFadeToBlack = row.flag("FollowFadeToBlack")
    },
    VectorReading(FairlightMaster.Change.self) { message, row in
      message.mask = .init(rawValue: row.number("Mask"))
      message.fader = row.number("Gain", scale: 100)
      message.followsFadeToBlack = row.flag("FollowFadeToBlack")
    },
  ]
}
