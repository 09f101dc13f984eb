public import Switching

/// What an action wants done, and why, in words.
public enum Intent: Hashable, Sendable {
  case command(Command, Reason)
  /// Several, one after another.
  case commands([Command], Reason)
  /// A change of the desk itself, of which the switcher hears nothing.
  case desk(DeskChange, Reason)
  /// The lever of a T-bar stands there, from 0 (bottom) to 1 (top): what that means depends on where it came from.
  case tBar(lever: Double)
  /// A fader over several inputs was moved, with what that asks of them.
  case group([Target], GroupFader, [Command], Reason)
  case refuse(Reason)
}

/// A change of what the desk keeps for itself.
public enum DeskChange: Hashable, Sendable {
  case autoLive(Bool)
  /// Another page of the mapping, by its place.
  case page(Int)
  /// The same, until the button that asks for it is let go of.
  case heldPage(Int)
  /// Stops a macro and those that it called; `nil` stops all.
  case stopMacros(String?)
  /// A picture to be kept under a name; `nil` forgets it.
  case composite(String, Composite?)
  /// Something to be read from a show's directory first.
  case show(ShowWish)
}
