import Glibc

/// `Scripts/FILE` of a show: a program that the show brings along.
public enum ScriptFile {
  /// The program of a name, with every link followed.
  ///
  /// - Parameter show: the show's directory.
  /// - Throws: a ``Problem`` where there is none, or where it leads out of the show.
  public static func path(_ name: String, show: String) throws(Problem) -> String {
    func problem(_ message: String, _ advice: String) -> Problem {
      Problem(file: "\(ContentTree.scriptsFolder)/\(printable(name))", message: message, advice: advice)
    }
    guard !name.isEmpty, !name.contains("/"), !name.contains("\0"), !name.hasPrefix(".") else {
      throw problem("this is no script's name", "name a file of \(ContentTree.scriptsFolder)/, without a folder")
    }
    guard !name.hasSuffix(".yaml") else { throw problem("this is a macro", "say macro \(name.dropLast(5))") }
    guard let root = resolved(show), let path = resolved("\(show)/\(ContentTree.scriptsFolder)/\(name)") else {
      throw problem("there is no such script", "put it there, and chmod +x it")
    }
    guard path.hasPrefix(root + "/") else { throw problem("it leads out of the show", "put the program itself there") }
    guard isProgram(path) else { throw problem("it is no program", "begin it with #! and chmod +x it") }
    return path
  }

  /// Whether a path is that of a file that may be run.
  static func isProgram(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
