extension MappingFile {
  /// The text of a mapping file.
  ///
  /// - Throws: a ``Problem`` where it cannot be read.
  public static func text(_ path: String) throws(Problem) -> String { try TextFile.read(path) }
}
