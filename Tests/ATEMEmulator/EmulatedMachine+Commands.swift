package import ATEM
import NIOCore

extension EmulatedMachine {
  /// Carries out what a client asks.
  package mutating func obey(_ command: RawCommand) {
    guard let obey = Self.obedience[command.name] else { return }
    obey(&self, command)
  }

  private typealias Obedience = @Sendable (inout EmulatedMachine, RawCommand) -> Void

  private static let obedience: [CommandName: Obedience] = [
    rule(ProgramInput.Change.self) { machine, wish in
      guard machine.has(wish.source, on: wish.mixEffect) else { return }
      machine.change(\ProgramInput.mixEffect, wish.mixEffect) { $0.source = wish.source }
      machine.updateTally()
    },
    rule(PreviewInput.Change.self) { machine, wish in
      guard machine.has(wish.source, on: wish.mixEffect) else { return }
      machine.change(\PreviewInput.mixEffect, wish.mixEffect) { $0.source = wish.source }
      machine.updateTally()
    },
    rule(Cut.self) { machine, wish in
      machine.stopTransition(wish.mixEffect)
      machine.swap(wish.mixEffect)
    },
    rule(Auto.self) { $0.startTransition($1.mixEffect) },
    rule(TransitionPosition.Change.self) { machine, wish in
      if wish.position <= TransitionPosition.end { machine.position(wish.mixEffect, wish.position) }
    },
    rule(TransitionStyle.Change.self) { machine, wish in
      machine.change(\TransitionStyle.mixEffect, wish.mixEffect) { state in
        if wish.mask.contains(.style) { state.nextStyle = wish.nextStyle }
        if wish.mask.contains(.selection), wish.nextSelection != 0 { state.nextSelection = wish.nextSelection }
      }
    },
    rule(MixRate.Change.self) { machine, wish in
      machine.change(\MixRate.mixEffect, wish.mixEffect) { $0.rate = wish.rate }
    },
    rule(DipRate.Change.self) { machine, wish in
      machine.change(\DipRate.mixEffect, wish.mixEffect) { state in
        if wish.mask.contains(.rate) { state.rate = wish.rate }
        if wish.mask.contains(.input) { state.input = wish.input }
      }
    },
    rule(WipeRate.Change.self) { machine, wish in
      guard wish.mask & 1 != 0 else { return }
      machine.change(\WipeRate.mixEffect, wish.mixEffect) { $0.rate = wish.rate }
    },
    rule(DigitalEffectRate.Change.self) { machine, wish in
      guard wish.mask & 1 != 0 else { return }
      machine.change(\DigitalEffectRate.mixEffect, wish.mixEffect) { $0.rate = wish.rate }
    },
    rule(FadeToBlack.Toggle.self) { $0.startFade($1.mixEffect) },
    rule(UpstreamKey.Change.self) { machine, wish in
      machine.change(
        fits: { (state: UpstreamKey) in state.mixEffect == wish.mixEffect && state.key == wish.key },
        edit: { $0.isOnAir = wish.isOnAir })
      machine.updateTally()
    },
    rule(DownstreamKey.Change.self) { machine, wish in
      machine.change(\DownstreamKey.key, wish.key) { $0.isOnAir = wish.isOnAir }
      machine.updateTally()
    },
    rule(Auxiliary.Change.self) { machine, wish in
      machine.change(\Auxiliary.bus, wish.bus) { $0.source = wish.source }
    },
    rule(MediaPlayerSource.Change.self) { machine, wish in
      machine.change(\MediaPlayerSource.player, wish.player) { state in
        if wish.mask.contains(.kind) { state.kind = wish.kind }
        if wish.mask.contains(.still) { state.still = wish.still }
        if wish.mask.contains(.clip) { state.clip = wish.clip }
      }
    },
    rule(ClipPlayer.Change.self) { machine, wish in
      machine.change(\ClipPlayer.player, wish.player) { state in
        if wish.mask.contains(.playing) { state.isPlaying = wish.isPlaying }
        if wish.mask.contains(.looping) { state.isLooping = wish.isLooping }
        if wish.mask.contains(.beginning) { state.isAtBeginning = wish.isAtBeginning }
        if wish.mask.contains(.frame) { state.frame = wish.frame }
      }
    },
    rule(MacroAction.self) { machine, wish in
      let isUsed = machine.first(Macro.self, where: { $0.slot == wish.slot })?.isUsed == true
      switch wish.action {
      case .run where isUsed: machine.change(MacroRun.self) { ($0.status, $0.slot) = (1, wish.slot) }
      case .stop: machine.change(MacroRun.self) { ($0.status, $0.slot) = (0, MacroAction.current) }
      default: break
      }
    },
    rule(Recording.Change.self) { machine, wish in
      machine.change(Recording.self) { $0.status = wish.isOn ? 1 : 0 }
    },
    rule(Streaming.Change.self) { machine, wish in
      machine.change(Streaming.self) { $0.status = wish.isOn ? 4 : 1 }
    },
    rule(ClassicAudioInput.Change.self) { machine, wish in
      machine.change(\ClassicAudioInput.input, wish.input) { state in
        if wish.mask.contains(.option) { state.option = wish.option }
        if wish.mask.contains(.gain) { state.gain = wish.gain }
        if wish.mask.contains(.balance) { state.balance = wish.balance }
      }
    },
    rule(ClassicAudioMaster.Change.self) { machine, wish in
      if wish.mask.contains(.gain) { machine.change(ClassicAudioMaster.self) { $0.gain = wish.gain } }
    },
    rule(FairlightSource.Change.self) { machine, wish in
      machine.change(
        fits: { (state: FairlightSource) in state.input == wish.input && state.source == wish.source },
        edit: { state in
          if wish.mask.contains(.option) { state.option = wish.option }
          if wish.mask.contains(.fader) { state.fader = wish.fader }
          if wish.mask.contains(.balance) { state.balance = wish.balance }
        })
    },
    rule(FairlightMaster.Change.self) { machine, wish in
      if wish.mask.contains(.fader) { machine.change(FairlightMaster.self) { $0.fader = wish.fader } }
    },
  ].reduce(into: [:]) { $0[$1.0] = $1.1 }

  private static func rule<Wish: Message>(
    _ type: Wish.Type, _ act: @escaping @Sendable (inout EmulatedMachine, Wish) -> Void
  ) -> (CommandName, Obedience) {
    (
      Wish.name,
      { machine, command in
        if let wish = Wish(command.body, version: machine.version) { act(&machine, wish) }
      }
    )
  }

  private func has(_ source: SourceID, on mixEffect: UInt8) -> Bool {
    let mixEffects = first(Source.self, where: { $0.id == source })?.mixEffects ?? 0
    return mixEffects & (1 << mixEffect) != 0
  }
}
