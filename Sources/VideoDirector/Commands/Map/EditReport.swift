import ShowFiles

/// A problem, for scripts.
struct ProblemRow: Encodable {
  var file: String
  var line: Int?
  var column: Int?
  var message: String
  var advice: String

  init(_ problem: Problem) {
    (file, line, column) = (problem.file, problem.line, problem.column)
    (message, advice) = (problem.message, problem.advice)
  }
}

/// What an edit did, or why it did nothing, for scripts.
struct EditReport: Encodable {
  var file: String
  /// Whether the file is another now.
  var changed: Bool
  var dryRun: Bool
  var changes: [MapDifference] = []
  /// As `patch` reads it; empty where nothing is different.
  var difference = ""
  var problems: [ProblemRow] = []
}
