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
    guard let path = try ScriptsFolder.path(of: name, show: show) else {
      throw problem("there is no such script", "put it there, and chmod +x it")
    }
    guard isProgram(path) else { throw problem("it is no program", "begin it with #! and chmod +x it") }
    return path
  }

  /// Whether a path is that of a file that may be run.
  static func isProgram(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}

/// `Scripts/` of a show.
enum ScriptsFolder {
  /// The path of a file in it, with every link followed; `nil` where there is none.
  ///
  /// - Throws: a ``Problem`` where it leads out of the show.
  static func path(of name: String, show: String) throws(Problem) -> String? {
    let place = "\(ContentTree.scriptsFolder)/\(name)"
    guard !name.contains("/"), !name.contains("\0"), !name.hasPrefix("."), let root = resolved(show),
      let path = resolved("\(show)/\(place)")
    else { return nil }
    guard path.hasPrefix(root + "/") else {
      throw Problem(file: printable(place), message: "it leads out of the show", advice: "put the file itself there")
    }
    return path
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
