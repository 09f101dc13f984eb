/// Something of a show's directory that is asked for: it has to be read, which is never done on the line.
public enum ShowWish: Hashable, Sendable {
  /// `nil`: the directory that the desk was started with, or was opened last.
  case open(directory: String?)
  case reload
  /// One of the show's macros, to be run.
  case macro(String)
  /// One of the show's programs, to be run.
  case script(String, arguments: [String])
}
