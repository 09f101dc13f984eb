import Switching

/// A piece of OBS's state that can be asked for.
enum Reading: Hashable {
  case version
  case studioMode
  case scenes
  case program
  case preview
  case transitions
  case transition
  /// How far the running transition is.
  case cursor
  case inputs
  case output(Output)
  case volume(input: String)
  case mute(input: String)
  case balance(input: String)
  case items(scene: String)
  case itemsOfGroup(String)
  case filters(source: String)

  /// What is asked first on a connection; the answers lead to further readings.
  static let first: [Reading] =
    [.version, .studioMode, .scenes, .transitions, .transition, .cursor, .inputs] + Output.allCases.map(Reading.output)

  /// Whether events tell the same, newer, so that an answer overtaken by one is worth nothing.
  var isTold: Bool {
    switch self {
    case .volume, .mute, .balance, .cursor: true
    default: false
    }
  }
}

extension Reading {
  func request(_ catalog: Catalog) -> Request {
    switch self {
    case .version: Request("GetVersion")
    case .studioMode: Request("GetStudioModeEnabled")
    case .scenes: Request("GetSceneList")
    case .program: Request("GetCurrentProgramScene")
    case .preview: Request("GetCurrentPreviewScene")
    case .transitions: Request("GetSceneTransitionList")
    case .transition: Request("GetCurrentSceneTransition")
    case .cursor: Request("GetCurrentSceneTransitionCursor")
    case .inputs: Request("GetInputList")
    case .output(.stream): Request("GetStreamStatus")
    case .output(.record): Request("GetRecordStatus")
    case .output(.replay): Request("GetReplayBufferStatus")
    case .output(.virtualCamera): Request("GetVirtualCamStatus")
    case .volume(let input): Request("GetInputVolume", catalog.input(input))
    case .mute(let input): Request("GetInputMute", catalog.input(input))
    case .balance(let input): Request("GetInputAudioBalance", catalog.input(input))
    case .items(let scene): Request("GetSceneItemList", catalog.scene(scene))
    case .itemsOfGroup(let group): Request("GetGroupSceneItemList", ["sceneName": .string(group)])
    case .filters(let source): Request("GetSourceFilterList", catalog.source(source))
    }
  }
}
