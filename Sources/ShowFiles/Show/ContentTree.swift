import Glibc
public import Switching

/// A show as it lies on disk: a folder a layer, a file a shot.
///
/// Reading never waits for a file: pipes are not opened, and of a file only its first and last bytes are looked at.
public struct ContentTree: Sendable {
  public var show: Show
  /// What was skipped or is not as it should be: the show can be opened all the same.
  public var notes: [Problem]
  /// The macros by name: paths.
  public var macros: [String: String]
  /// The programs in `Scripts/`, by name.
  public var scripts: [String]
  /// The folders that were looked into: where a change is a change of the show.
  public var folders: [String]

  /// The layers of the original, top first.
  public static let standardLayers = ["Titles", "Logos", "Cameras", "Audio", "Media Player"]
  /// The text of `show.yaml`, where nothing is wrong in it.
  var sheet: String?

  static let scriptsFolder = "Scripts"
  static let sheetName = "show.yaml"

  /// - Parameters:
  ///   - growing: files that somebody is writing: they are taken for sound.
  ///   - last: the tree as it was before: its `show.yaml` holds where that of today cannot be read.
  /// - Throws: ``Problems`` where there is no such directory.
  public static func read(
    _ path: String, growing: Set<String> = [], after last: ContentTree? = nil
  ) throws(Problems) -> ContentTree {
    guard let resolved = realpath(path, nil) else {
      let problem = FolderProblem(errno)
      throw Problems([Problem(file: path, message: problem.message, advice: problem.advice)])
    }
    defer { free(resolved) }
    var reader = TreeReader(root: String(cString: resolved), shown: path, growing: growing, lastSheet: last?.sheet)
    return try reader.read()
  }
}
