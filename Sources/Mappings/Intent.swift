public import Switching

/// What an action wants done, and why, in words.
public enum Intent: Hashable, Sendable {
  case command(Command, Reason)
  /// Several, one after another.
  case commands([Command], Reason)
  /// A change of the desk itself, of which the switcher hears nothing.
  case desk(DeskChange, Reason)
  case refuse(Reason)
}

/// A change of what the desk keeps for itself.
public enum DeskChange: Hashable, Sendable {
  case autoLive(Bool)
  /// Another page of the mapping, by its place.
  case page(Int)
  /// Stops a macro and those that it called; `nil` stops all.
  case stopMacros(String?)
  /// Something to be read from a show's directory first.
  case show(ShowWish)
}
