package import Switching

/// A command by which the switcher tells its state.
package protocol StateMessage: Message {
  /// Takes it in and says what has changed for the rest of the product.
  func apply(to state: inout ATEMState) -> [SwitcherUpdate]
}

/// Every command that is understood; all others are passed over.
package let stateMessages: [CommandName: any StateMessage.Type] = {
  let types: [any StateMessage.Type] = [
    Version.self, Product.self, Topology.self, VideoMode.self, Source.self, InitialStateComplete.self,
    ProgramInput.self, PreviewInput.self, TransitionPosition.self, TransitionStyle.self,
    MixRate.self, DipRate.self, WipeRate.self, DigitalEffectRate.self, FadeToBlack.self,
    UpstreamKey.self, UpstreamKeySource.self, DownstreamKey.self, DownstreamKeySource.self, DownstreamKeyTie.self,
    Auxiliary.self, SourceTally.self, MediaPlayerSource.self, MediaFile.self, MediaClip.self, MediaPoolSize.self,
    Macro.self,
    Recording.self, Streaming.self, ClassicAudioInput.self, ClassicAudioMaster.self,
    FairlightSource.self, FairlightSource.Gone.self, FairlightMaster.self,
  ]
  return Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0) })
}()
