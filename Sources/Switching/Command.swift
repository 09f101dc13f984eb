/// What a switcher can be told: a closed set that every switcher answers, if only with "unsupported".
///
/// An operator's wish is an *action* (an open set, in Mappings); an action is composed of these.
public enum Command: Hashable, Sendable, Codable {
  /// Puts a scene on the preview bus.
  case preview(scene: String)
  /// Puts a scene on the program bus at once, by a cut.
  case program(scene: String)
  /// Puts a scene on the program bus with the chosen transition.
  case air(scene: String)
  /// Preview to program, by a cut.
  case cut
  /// Preview to program, with the chosen transition.
  case take
  /// Chooses the transition that `take` uses.
  case transition(name: String)
  /// How long that transition takes.
  case transitionDuration(milliseconds: Int)
  /// Whether the switcher works with a preview bus.
  case previewBus(enabled: Bool)
  /// The T-bar: how far a throw is. At 1 the transition is complete; at 0 it is taken back, and all is as before.
  /// The next throw begins near 0 again, whichever way the lever goes.
  case transitionPosition(Double)
  /// Fades the program to black, or back from it.
  case fadeToBlack(Bool)
  /// Lays a key over the program, or takes it off.
  case key(Key, onAir: Bool)
  /// Puts a source on an auxiliary bus, counted from 1.
  case auxiliary(bus: Int, source: String)

  case level(input: String, Decibels)
  case mute(input: String, Bool)
  /// From -1 (left) to 1 (right).
  case balance(input: String, Double)
  case masterLevel(Decibels)

  case output(Output, running: Bool)
  case recordPause(Bool)
  case saveReplay

  case item(scene: String, name: String, visible: Bool)
  case filter(source: String, name: String, enabled: Bool)
  case media(input: String, MediaAction)
  /// Puts a still of the switcher's own pool on a media player; both counted from 1.
  case still(player: Int, slot: Int)
  /// The same with a clip.
  case clip(player: Int, slot: Int)
  /// Runs a macro stored in the switcher, by its name there.
  case runMacro(name: String)
  case stopMacro
  case hotkey(name: String)
  /// What concerns the open show.
  case show(ShowCommand)
  /// A request in the switcher's own words, as the way out.
  case request(type: String, json: String)
}
