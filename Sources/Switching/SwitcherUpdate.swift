/// One thing that a switcher says has changed.
public enum SwitcherUpdate: Hashable, Sendable, Codable {
  /// The whole state, read afresh: after each connection.
  case everything(SwitcherState)
  case program(String)
  case preview(String?)
  case previewBus(Bool)
  case scenes([String])
  case sceneRenamed(from: String, to: String)
  case transitionStarted
  case transitionEnded
  case transitions([String])
  case transition(String)
  case transitionDuration(milliseconds: Int?)
  case frameClock(FrameClock?)
  case inputs([AudioInput])
  case inputRenamed(from: String, to: String)
  case level(input: String, Decibels)
  case muted(input: String, Bool)
  case balance(input: String, Double)
  case masterLevel(Decibels)
  case black(Bool)
  case key(Key, onAir: Bool)
  case auxiliary(bus: Int, source: String)
  case tally([String: Tally])
  case macros([String])
  case output(Output, OutputState)
  case item(SwitcherState.ItemKey, visible: Bool)
  case itemRemoved(SwitcherState.ItemKey)
  case filter(SwitcherState.FilterKey, enabled: Bool)
  case filterRemoved(SwitcherState.FilterKey)
  case show(ShowUpdate)
}
