public import Mappings
public import Switching

/// What came of a ``ShowWish``.
public enum ShowNews: Sendable {
  /// The directory was read, as was asked for: with what there is to say of it.
  case show(Show, notes: [String])
  /// The directory has changed since.
  case changed(Show, notes: [String])
  case macro(Macro)
  /// A script has ended.
  case script(ScriptReport)
  /// A wish came to nothing; in words.
  case nothing(ShowWish, String)
}

/// Reads shows and macros from disk and runs scripts, on threads of its own.
public protocol ShowLibrary: Sendable {
  /// Returns at once; `reply` may be called later, from any thread, and again whenever the open show changes on disk.
  func fulfil(_ wish: ShowWish, reply: @escaping @Sendable (ShowNews) -> Void)

  /// The open show was closed: it is watched no more.
  func close()

  /// The session ends: what still runs is ended.
  func stop()
}
